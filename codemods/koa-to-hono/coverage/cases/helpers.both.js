/*
shape: functions that are handed the context
requests: [GET /ok, GET /fail, GET /who, GET /list, GET /slow]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

function ok(ctx, data) {
  ctx.body = { ok: true, data };
}
const fail = (ctx, code, message) => {
  ctx.status = code;
  ctx.body = { error: message };
};
const whoIs = (ctx) => ctx.get('Host') !== '' && ctx.query.name;
async function slow(ctx) {
  await Promise.resolve();
  ctx.body = 'slow';
}

router.get('/ok', (ctx) => {
  ok(ctx, [1]);
});
router.get('/fail', async (ctx) => {
  if (!ctx.query.fine) return fail(ctx, 422, 'no');
  ok(ctx, 'fine');
});
router.get('/who', (ctx) => {
  ctx.body = { who: whoIs(ctx) };
});
router.get('/list', (ctx) => {
  ctx.set('X-List', 'yes');
  ok(ctx, 'list');
  ctx.set('X-After', 'yes');
});
router.get('/slow', async (ctx) => {
  await slow(ctx);
});

app.use(router.routes());
app.listen(process.env.PORT);
