/*
package: koa-body
requests:
  - {POST: /echo, json: {a: 1}}
  - {POST: /echo, type: application/json, body: '{"a"'}
  - {POST: /echo, type: application/x-www-form-urlencoded, body: 'a=1&b=2'}
  - {POST: /echo, type: text/plain, body: 'hello'}
  - GET /echo
packages: ['@koa/router', koa-body]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { koaBody } = require('koa-body');

const app = new Koa();
const router = new Router();

app.use(koaBody());
router.all('/echo', (ctx) => {
  ctx.body = { body: ctx.request.body };
});
app.use(router.routes());
app.listen(process.env.PORT);
