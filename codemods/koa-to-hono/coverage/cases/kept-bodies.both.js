/*
shape: bodies and methods beside functions that stay Koa's
mask: ['Unexpected [^"]*', 'content-length: 4[26]', 'JSON Parse error[^"]*', 'Expected [^"]*']
requests:
  - {POST: /echo, json: {a: 1}}
  - {POST: /copy, json: {b: 2}}
  - {POST: /echo, type: application/json, body: '{"a":'}
  - OPTIONS /echo
  - DELETE /echo
  - GET /none
packages: ['@koa/router', koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  try {
    await next();
    if (!ctx.body) ctx.throw(404);
  } catch (err) {
    ctx.status = err.status || 500;
    ctx.body = { message: err.message };
  }
});
app.use(bodyParser());
router.post('/echo', (ctx) => {
  ctx.body = ctx.request.body;
});
router.post('/copy', (ctx) => {
  const copy = ctx;
  copy.body = { copy: copy.request.body };
});
app.use(router.routes());
app.use(router.allowedMethods());
app.listen(process.env.PORT);
