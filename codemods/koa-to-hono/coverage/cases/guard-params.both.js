/*
adversarial: middleware of a router that reads parameters, which Koa has not given it yet
requests:
  - GET /guarded/7
  - GET /guarded/8
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const guarded = new Router({ prefix: '/guarded' });
guarded.use(async (ctx, next) => {
  if (ctx.params.id !== '7') {
    ctx.status = 403;
    return;
  }
  await next();
});
guarded.get('/:id', (ctx) => {
  ctx.body = 'inside';
});
app.use(guarded.routes());
app.listen(process.env.PORT);
