/*
member: ctx.throw
requests: [GET /throw, GET /message, GET /server, GET /props, GET /assert, GET /assert?ok=1, GET /error, GET /status, GET /or, GET /or?user=x, GET /only, GET /missing, GET /unauthorized]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/throw', (ctx) => {
  ctx.throw(400);
});
router.get('/message', (ctx) => {
  ctx.throw(404, 'no such thing');
});
router.get('/server', (ctx) => {
  ctx.throw(503, 'secret');
});
router.get('/props', (ctx) => ctx.throw(429, 'slow', { headers: { 'Retry-After': '5' } }));
router.get('/assert', (ctx) => {
  ctx.assert(ctx.query.ok, 422, 'not ok');
  ctx.body = 'ok';
});
router.get('/error', (ctx) => {
  ctx.state.tried = true;
  throw new Error('hidden');
});
router.get('/status', async (ctx) => {
  ctx.state.tried = true;
  await Promise.resolve();
  throw Object.assign(new Error('shown'), { status: 409, expose: true });
});
router.get('/or', (ctx) => {
  const user = ctx.query.user;
  user || ctx.throw(403, 'nobody');
  ctx.body = { user };
});
router.get('/only', async (ctx) => {
  ctx.set('X-Before', 'gone');
  ctx.throw('a text');
});
router.get('/unauthorized', (ctx) => {
  return ctx.throw(401, 'who are you');
});

app.use(router.routes());
app.listen(process.env.PORT);
