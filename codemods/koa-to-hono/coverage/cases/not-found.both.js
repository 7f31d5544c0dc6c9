/*
shape: what answers everything else
requests: [GET /, GET /none, POST /]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/', (ctx) => {
  ctx.body = 'home';
});
app.use(async (ctx, next) => {
  await next();
  if (ctx.status === 404) {
    ctx.status = 404;
    ctx.body = { error: 'not here' };
  }
});
app.use(router.routes());
app.use((ctx) => {
  ctx.set('X-Last', 'yes');
});
app.listen(process.env.PORT);
