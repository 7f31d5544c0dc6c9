/*
adversarial: routes that meet each other
requests: [GET /a/1, GET /a/special, GET /b, GET /b/, GET /enc/a%2Fb, GET /enc/%E2%82%AC%20x, GET /num/12, GET /num/xy, HEAD /b, GET /dup, GET /after, GET /p/7/x, PUT /b, GET /none/at/all, GET /shared, POST /shared]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();
const nested = new Router({ prefix: '/p/:pid' });

router.get('/a/:id', async (ctx, next) => {
  ctx.state.first = ctx.params.id;
  if (ctx.params.id === 'special') return next();
  ctx.body = { id: ctx.params.id };
});
router.get('/a/special', (ctx) => {
  ctx.body = { special: true, first: ctx.state.first };
});
router.get('/b', (ctx) => {
  ctx.body = 'b';
});
router.get('/enc/:text', (ctx) => {
  ctx.body = { text: ctx.params.text };
});
router.get('/num/:n', (ctx) => {
  ctx.body = { n: Number(ctx.params.n) };
});
router.get('/dup', async (ctx, next) => {
  ctx.set('X-First', 'yes');
  await next();
});
router.get('/dup', (ctx) => {
  ctx.body = 'second';
});
router.get('/shared', (ctx) => {
  ctx.body = 'get';
});
app.use(async (ctx, next) => {
  if (ctx.path === '/after') {
    ctx.body = 'before the router';
    return;
  }
  await next();
  if (ctx.path === '/none/at/all') ctx.set('X-Late', String(ctx.status));
});
nested.get('/x', (ctx) => {
  ctx.body = { pid: ctx.params.pid };
});
app.use(router.routes());
app.use(nested.routes());
app.use(async (ctx) => {
  if (ctx.method === 'POST') ctx.body = 'fallback';
});
app.listen(process.env.PORT);
