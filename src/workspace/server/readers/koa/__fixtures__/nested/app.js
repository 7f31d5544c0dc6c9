const Koa = require('koa');
const Router = require('@koa/router');
const api = require('./routes');
const { logger, requireUser } = require('./middleware');

const app = new Koa();
const root = new Router();

root.get('home', '/', (ctx) => {
  ctx.body = 'home';
});
root.get(['/a', '/b'], async (ctx) => {
  ctx.body = ctx.path;
});
root.all('/any', (ctx) => (ctx.body = ctx.method));
root.del('/old', requireUser, (ctx) => (ctx.status = 204));
root.redirect('/from', '/');
root.register('/made', ['GET', 'PUT'], (ctx) => (ctx.body = 'made'));

app.use(logger).use(root.routes()).use(root.allowedMethods());
app.use(api.routes(), api.allowedMethods());
app.use(async (ctx) => {
  ctx.status = 404;
});

app.listen(Number(process.env.PORT) || 0);
