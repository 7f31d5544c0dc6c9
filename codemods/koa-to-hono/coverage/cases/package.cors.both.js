/*
package: cors
requests:
  - GET /
  - {GET: /, headers: {Origin: 'https://b.example'}}
  - {OPTIONS: /, headers: {Origin: 'https://b.example'}}
  - {OPTIONS: /, headers: {Origin: 'https://b.example', Access-Control-Request-Method: PUT}}
  - {OPTIONS: /, headers: {Origin: 'https://b.example', Access-Control-Request-Method: PUT, Access-Control-Request-Headers: 'X-A, X-B'}}
  - {GET: /fails, headers: {Origin: 'https://b.example'}}
  - {GET: /breaks, headers: {Origin: 'https://b.example'}}
  - GET /fails
  - {GET: /none, headers: {Origin: 'https://b.example'}}
  - {GET: /own, headers: {Origin: 'https://b.example'}}
packages: ['@koa/router', '@koa/cors']
*/
const Koa = require('koa');
const Router = require('@koa/router');
const cors = require('@koa/cors');

const app = new Koa();
const router = new Router();

app.use(cors());
router.get('/', (ctx) => {
  ctx.body = { ok: true };
});
router.get('/fails', (ctx) => {
  ctx.set('X-Lost', '1');
  ctx.throw(400, 'bad');
});
router.get('/breaks', () => {
  throw new Error('broken');
});
router.get('/own', (ctx) => {
  ctx.set('Vary', 'Accept');
  ctx.set('Access-Control-Allow-Origin', 'https://own.example');
  ctx.body = 'own';
});

app.use(router.routes());
app.use(router.allowedMethods());
app.listen(process.env.PORT);
