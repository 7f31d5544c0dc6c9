/*
shape: variables of a handler of Hono's that Koa calls
requests: [GET /whole, GET /own, POST /late]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

// A package that nobody compared would do the same: the application stays.
router.use(async (ctx, next) => {
  ctx.state.user = { name: 'Ada' };
  ctx.who = 'the context';
  await next();
});
router.get(/^\/whole$/, (ctx) => {
  const { user } = ctx.state;
  ctx.body = user.name;
});
router.get('/own', (ctx) => {
  ctx.user = 'on the context';
  ctx.body = { own: ctx.user, state: ctx.state.user, who: ctx.who, other: ctx.state.who };
});
router.post('/late', async (ctx, next) => {
  ctx.state.made = 'here';
  await next();
}, (ctx) => {
  const { made, user } = ctx.state;
  ctx.body = [made, user.name];
});
app.use(router.routes());
app.listen(process.env.PORT);
