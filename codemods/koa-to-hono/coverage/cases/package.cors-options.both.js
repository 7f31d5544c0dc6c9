/*
package: cors with a function for origins, lists and credentials
requests:
  - GET /
  - {GET: /, headers: {Origin: 'https://a.example'}}
  - {GET: /, headers: {Origin: 'https://b.example'}}
  - {OPTIONS: /, headers: {Origin: 'https://a.example', Access-Control-Request-Method: PUT, Access-Control-Request-Headers: X-A}}
  - {OPTIONS: /, headers: {Origin: 'https://b.example', Access-Control-Request-Method: PUT}}
  - {GET: /fails, headers: {Origin: 'https://a.example'}}
packages: ['@koa/router', '@koa/cors']
*/
const Koa = require('koa');
const Router = require('@koa/router');
const cors = require('@koa/cors');

const app = new Koa();
const router = new Router();
const allowed = ['https://a.example'];

app.use(
  cors({
    origin(ctx) {
      const origin = ctx.get('Origin');
      return allowed.includes(origin) ? origin : '';
    },
    allowMethods: ['GET', 'PUT'],
    allowHeaders: ['X-A', 'X-B'],
    exposeHeaders: 'X-C',
    credentials: true,
    maxAge: 600,
    keepHeadersOnError: false,
  }),
);
router.get('/', (ctx) => {
  ctx.body = { ok: true };
});
router.get('/fails', (ctx) => {
  ctx.throw(403, 'no');
});

app.use(router.routes());
app.listen(process.env.PORT);
