/*
package: cors for any origin with credentials
requests:
  - GET /
  - {GET: /, headers: {Origin: 'https://a.example'}}
  - {OPTIONS: /, headers: {Origin: 'https://a.example', Access-Control-Request-Method: PUT}}
  - {GET: /fails, headers: {Origin: 'https://a.example'}}
packages: ['@koa/router', '@koa/cors']
*/
const Koa = require('koa');
const Router = require('@koa/router');
const cors = require('@koa/cors');

const app = new Koa();
const router = new Router();

app.use(cors({ credentials: true, exposeHeaders: ['X-B', 'X-C'] }));
router.get('/', async (ctx) => {
  ctx.set('X-B', '1');
  ctx.body = { ok: true };
});
router.get('/fails', () => {
  throw new Error('broken');
});

app.use(router.routes());
app.listen(process.env.PORT);
