/*
package: koa-body
requests:
  - {POST: /echo, json: {a: 1}}
  - {POST: /echo, type: application/json, body: '{"a"'}
  - {POST: /echo, type: application/x-www-form-urlencoded, body: 'a=1&b=2'}
  - {POST: /echo, type: text/plain, body: 'hello'}
  - GET /echo
  - {POST: /echo, type: application/x-www-form-urlencoded, body: 'a.b=1&c[d]=2&c[e]=3&f=1&f=2'}
  - {PUT: /echo, json: [1, 2]}
  - {DELETE: /echo, json: {a: 1}}
  - {POST: /echo, type: application/json, body: '"text"'}
  - {POST: /echo, type: application/json, body: ''}
  - {POST: /echo, type: application/json, body: '{"__proto__": {"a": 1}}'}
  - {POST: /echo, type: application/vnd.x+json, body: '{"a": 1}'}
  - {POST: /echo, type: text/css, body: 'a {}'}
  - {POST: /echo, type: application/octet-stream, body: 'x'}
  - {POST: /echo, json: {a: 1}, headers: {Content-Encoding: br}}
  - {POST: /echo, json: {a: 1}, headers: {Content-Encoding: odd}}
  - {POST: /echo, json: {a: 1}, headers: {Content-Encoding: gzip}}
  - POST /echo
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
