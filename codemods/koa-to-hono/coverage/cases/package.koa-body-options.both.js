/*
package: koa-body with limits and kinds
requests:
  - {POST: /echo, json: {a: 1}}
  - {POST: /echo, json: {a: 'this is more than thirty bytes of a body'}}
  - {POST: /echo, type: application/x-www-form-urlencoded, body: 'a=1&b=2'}
  - {POST: /echo, type: text/plain, body: 'hello'}
  - {DELETE: /echo, json: {a: 1}}
  - {PATCH: /echo, json: {a: 1}}
packages: ['@koa/router', koa-body]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { koaBody } = require('koa-body');

const app = new Koa();
const router = new Router();

app.use(koaBody({ multipart: false, text: false, jsonLimit: 30, formLimit: '1kb', parsedMethods: ['POST', 'DELETE'] }));
router.all('/echo', (ctx) => {
  ctx.body = { body: ctx.request.body, type: typeof ctx.request.body };
});
app.use(router.routes());
app.listen(process.env.PORT);
