/*
package: koa-bodyparser-ts
requests:
  - {POST: /echo, json: {a: 1, b: [2]}}
  - {POST: /echo, json: [1]}
  - {POST: /echo, type: application/json, body: '{"a":'}
  - {POST: /echo, type: application/json, body: '"text"'}
  - {POST: /echo, type: application/json, body: ''}
  - {POST: /echo, type: application/x-www-form-urlencoded, body: 'a=1&b[c]=2&d=x%20y'}
  - {POST: /echo, type: text/plain, body: 'hello'}
  - {POST: /echo, type: application/xml, body: '<a/>'}
  - {POST: /name, json: {name: Ada}}
  - {PUT: /name, type: application/json; charset=utf-8, body: '{"name":"Zoë"}'}
  - GET /echo
  - {POST: /echo, type: application/x-www-form-urlencoded, body: 'a.b=1&c=1&c=2'}
  - {POST: /echo, type: application/json, body: '{"__proto__": {"a": 1}}'}
  - {POST: /echo, json: {a: 1}, headers: {Content-Encoding: br}}
  - {POST: /echo, json: {a: 1}, headers: {Content-Encoding: odd}}
  - {POST: /echo, json: {a: 1}, headers: {Content-Encoding: gzip}}
packages: ['@koa/router', koa-bodyparser-ts]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { default: bodyParser } = require('koa-bodyparser-ts');

const app = new Koa();
const router = new Router();

router.all('/echo', (ctx) => {
  ctx.body = { body: ctx.request.body };
});
router.post('/name', (ctx) => {
  const { name } = ctx.request.body;
  ctx.body = { name };
});
router.put('/name', (ctx) => {
  ctx.body = { name: ctx.request.body.name };
});

app.use(bodyParser());
app.use(router.routes());
app.listen(process.env.PORT);
