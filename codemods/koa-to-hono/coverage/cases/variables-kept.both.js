/*
shape: one name on the context and on its state, in functions that stay
requests: [GET /own, GET /twice, GET /all, GET /gone, {POST: /body, json: {a: 1}}, GET /elsewhere, {POST: /all, json: {a: 1}}]
packages: ['@koa/router', koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
const router = new Router();

app.use(bodyParser());
app.use(async (ctx, next) => {
  const copy = { context: 1 };
  Object.assign(ctx.state, { user: 'on the state', ...copy });
  return next();
});
router.get('/own', (ctx) => {
  ctx.body = [ctx.user];
});
router.get(
  '/twice',
  async (ctx, next) => {
    const { state } = ctx;
    ctx.who = 'first';
    ctx.who = `second ${state.user}`;
    await next();
  },
  (ctx, next) => {
    ctx.seen = ctx.who;
    ctx.who = 'third';
    return next();
  },
  (ctx) => {
    const { state } = ctx;
    ctx.body = { who: ctx.who, seen: ctx.seen, state: state.who === undefined };
  },
);
router.all('/all', (ctx) => {
  ctx.mine = 1;
  ctx.body = Object.keys(ctx.state).sort();
});
router.all('/body', (ctx) => {
  const { state } = ctx;
  state.body = 'on the state';
  ctx.body = { parsed: ctx.request.body, state: ctx.state.body, is: 'body' in ctx.state };
});
router.get('/gone', (ctx) => {
  delete ctx.state.user;
  ctx.body = [ctx.state.user];
});
app.use(router.routes());
app.use((ctx) => {
  ctx.body = [ctx.user, ctx.state.user];
});
app.listen(process.env.PORT);
