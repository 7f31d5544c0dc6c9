/*
package: cors, helmet, logger
requests:
  - GET /
  - {GET: /, headers: {Origin: 'https://a.example'}}
  - {OPTIONS: /, headers: {Origin: 'https://a.example', Access-Control-Request-Method: PUT, Access-Control-Request-Headers: X-A}}
  - {GET: /fails, headers: {Origin: 'https://a.example'}}
  - {POST: /, json: {a: 1}}
  - GET /none
packages: ['@koa/router', '@koa/cors', helmet, koa-helmet, koa-logger, koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const cors = require('@koa/cors');
const helmet = require('koa-helmet');
const logger = require('koa-logger');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
const router = new Router();

app.use(logger());
app.use(helmet());
app.use(cors({ origin: 'https://a.example', credentials: true, exposeHeaders: ['X-B'], maxAge: 5 }));
app.use(bodyParser({ onerror: undefined }));
router.get('/', (ctx) => {
  ctx.set('X-B', '1');
  ctx.body = { ok: true };
});
router.post('/', (ctx) => {
  ctx.body = ctx.request.body;
});
router.get('/fails', (ctx) => {
  ctx.throw(400, 'bad');
});

app.use(router.routes());
app.listen(process.env.PORT);
