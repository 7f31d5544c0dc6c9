/*
package: koa-onerror
mask: ['<pre>[^]*</pre>', '<!doctype html>[^]*</html>', '<!doctype html>\n<title>[^]*']
requests:
  - GET /
  - GET /fails
  - {GET: /fails, headers: {Accept: application/json}}
  - {GET: /fails, headers: {Accept: 'text/plain'}}
  - {GET: /fails, headers: {Accept: 'text/*;q=0.5, application/json'}}
  - {GET: /fails, headers: {Accept: 'image/png'}}
  - {GET: /status, headers: {Accept: application/json}}
  - {GET: /status, headers: {Accept: text/plain}}
  - {GET: /hidden, headers: {Accept: 'text/plain, text/html'}}
  - {GET: /headers, headers: {Accept: text/plain}}
  - {GET: /file, headers: {Accept: text/plain}}
  - GET /nowhere
packages: ['@koa/router', koa-onerror]
*/
const fs = require('node:fs');
const Koa = require('koa');
const Router = require('@koa/router');
const { onerror } = require('koa-onerror');

const app = new Koa();
const router = new Router();

onerror(app);
app.on('error', () => {});
app.use(async (ctx, next) => {
  ctx.set('X-Before', 'set');
  await next();
});
router.get('/', (ctx) => {
  ctx.body = 'fine';
});
router.get('/fails', () => {
  throw new Error('it broke');
});
router.get('/status', (ctx) => {
  ctx.throw(422, 'short and stout');
});
router.get('/hidden', (ctx) => {
  ctx.throw(503);
});
router.get('/headers', () => {
  throw Object.assign(new Error('wait'), { status: 429, headers: { 'Retry-After': '5' } });
});
router.get('/file', () => {
  fs.readFileSync('/no/such/file');
});
app.use(router.routes());
app.listen(process.env.PORT);
