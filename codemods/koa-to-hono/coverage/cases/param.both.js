/*
member: router.param
requests: [GET /users/1, GET /users/2, GET /users/1/posts, GET /other]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();
const users = { 1: { name: 'Ada' } };

router.param('user', async (id, ctx, next) => {
  ctx.state.user = users[id];
  if (!ctx.state.user) {
    ctx.status = 404;
    return;
  }
  await next();
});
router.get('/users/:user', (ctx) => {
  ctx.body = ctx.state.user;
});
router.get('/users/:user/posts', (ctx) => {
  ctx.body = { of: ctx.state.user.name };
});
router.get('/other', (ctx) => {
  ctx.body = 'other';
});
app.use(router.routes());
app.listen(process.env.PORT);
