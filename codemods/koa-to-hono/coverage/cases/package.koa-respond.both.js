/*
package: koa-respond
requests:
  - GET /ok
  - GET /text
  - GET /none
  - GET /null
  - GET /send
  - POST /created
  - GET /missing
  - GET /nowhere
packages: ['@koa/router', koa-respond]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const respond = require('koa-respond');

const app = new Koa();
const router = new Router();

app.use(respond());
router.get('/ok', (ctx) => {
  ctx.ok({ fine: true });
});
router.get('/text', async (ctx) => {
  if (ctx.query.more) return ctx.badRequest('more is none');
  return ctx.ok('as a message');
});
router.get('/none', (ctx) => ctx.noContent());
router.get('/null', (ctx) => ctx.ok(null));
router.get('/send', (ctx) => {
  ctx.send(202, { later: true });
});
router.post('/created', (ctx) => {
  ctx.set('Location', '/ok');
  ctx.created({ id: 1 });
});
router.get('/missing', (ctx) => ctx.notFound());
app.use(router.routes());
app.listen(process.env.PORT);
