/*
shape: an application that stays, with middleware of which more runs after `next()`
requests:
  - GET /fine
  - GET /teapot
  - GET /broken
  - GET /late
  - GET /none
  - HEAD /fine
  - {GET: /fine, headers: {X-Skip: yes}}
  - {GET: /nowhere, headers: {X-Skip: yes}}
  - GET /filled
  - OPTIONS /fine
packages: ['@koa/router', koa-etag]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { default: etag } = require('koa-etag');

const app = new Koa();
app.on('error', () => {});
const seen = [];

app.use(etag());
// Errors travel up to it.
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status || 500;
    ctx.body = { error: error.message };
  }
});
app.use(async (ctx, next) => {
  const start = Date.now();
  await next();
  const spent = Date.now() - start;
  seen.push(`${ctx.method} ${ctx.url} ${ctx.status} ${spent >= 0}`);
  ctx.set('X-Seen', `${seen.length}`);
  ctx.set('X-Status', String(ctx.status));
});
app.use(async (ctx, next) => {
  if (ctx.get('X-Skip') === 'yes') {
    await next();
    ctx.append('X-Skipped', 'yes');
    return;
  }
  await next();
  if (ctx.status === 404 && ctx.path === '/filled') ctx.body = 'filled in';
});
app.use(async (ctx, next) => {
  try {
    await next();
  } finally {
    ctx.set('X-Finally', 'yes');
  }
});

const router = new Router();
router.get('/fine', (ctx) => {
  ctx.body = { fine: true };
});
router.get(/^\/teapo(t)$/, (ctx) => {
  ctx.throw(418, 'short and stout');
});
router.get('/broken', async () => {
  throw new Error('broken');
});
router.get('/late', async (ctx, next) => {
  ctx.body = 'early';
  await next();
});
router.get('/none', (ctx) => {
  ctx.body = null;
});
app.use(router.routes()).use(router.allowedMethods());
app.listen(process.env.PORT);
