/*
shape: one function that stays among others
requests:
  - {POST: /echo, json: {a: 1}}
  - {POST: /copy, json: {b: 2}}
  - {POST: /echo, type: application/json, body: '{"a":'}
  - OPTIONS /echo
  - DELETE /copy
  - GET /none
packages: ['@koa/router', koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  const { response } = ctx;
  await next();
  response.set('X-Seen', 'yes');
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
