/*
package: koa-bodyparser with an error handler
requests:
  - {POST: /echo, json: {a: 1}}
  - {POST: /echo, type: application/json, body: '{"a":'}
  - {POST: /echo, type: application/json, body: '"text"'}
  - {POST: /echo, type: application/x-www-form-urlencoded, body: 'a=1'}
  - {POST: /echo, type: application/json, body: '{"a": "0123456789012345678901234567890123456789"}'}
packages: ['@koa/router', koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
const router = new Router();

app.use(
  bodyParser({
    enableTypes: ['json'],
    jsonLimit: '40b',
    strict: true,
    onerror(error, ctx) {
      if (error.status === 413) ctx.throw(413, 'too long');
      ctx.throw('cannot be read', 422);
    },
  }),
);
router.post('/echo', (ctx) => {
  ctx.body = { body: ctx.request.body };
});
app.use(router.routes());
app.listen(process.env.PORT);
