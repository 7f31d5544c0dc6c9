/*
adversarial: a status without a body that is said behind the body, and parameters as one object
requests: [GET /empty, GET /code?code=204, GET /code?code=201, GET /computed, GET /early, GET /who/ada/7, GET /seen/ada/7]
packages: ['@koa/router', koa-etag]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { default: etag } = require('koa-etag');

const app = new Koa();
const router = new Router();
let asked = 0;

app.use(etag());
router.get('/empty', (ctx) => {
  ctx.body = { gone: true };
  ctx.status = 204;
});
router.get('/code', (ctx) => {
  const code = Number(ctx.query.code);
  ctx.body = { asked };
  ctx.status = code;
});
router.get('/computed', (ctx) => {
  ctx.body = { asked: (asked += 1) };
  ctx.status = 204;
});
router.get('/early', (ctx) => {
  ctx.status = 204;
  ctx.body = { asked };
});
router.get('/who/:name/:id', (ctx) => {
  ctx.body = { params: ctx.params };
});
router.get('/seen/:name/:id', (ctx) => {
  const { params, path } = ctx;
  ctx.body = { params, path };
});
app.use(router.routes());
app.listen(process.env.PORT);
