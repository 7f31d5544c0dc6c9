/*
package: json, compress, conditional-get, etag
requests:
  - GET /
  - {GET: /, headers: {If-None-Match: '"9-Ay3EXyXGJlcnj+XWhrJjkcG1dJQ"'}}
  - {GET: /big, headers: {Accept-Encoding: gzip}}
  - GET /text
  - GET /none
packages: ['@koa/router', koa-json, koa-compress, koa-conditional-get, koa-etag]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const json = require('koa-json');
const compress = require('koa-compress');
const conditional = require('koa-conditional-get');
const { default: etag } = require('koa-etag');

const app = new Koa();
const router = new Router();

app.use(conditional());
app.use(etag());
app.use(compress({ threshold: 100 }));
app.use(json());
router.get('/', (ctx) => {
  ctx.body = { a: [1, { b: 2 }] };
});
router.get('/big', (ctx) => {
  ctx.body = { big: 'x'.repeat(500) };
});
router.get('/text', (ctx) => {
  ctx.body = 'text';
});

app.use(router.routes());
app.listen(process.env.PORT);
