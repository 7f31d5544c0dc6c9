/*
package: logger, response-time, helmet, json
mask: ['x-response-time: [^\n]*']
requests:
  - GET /
  - GET /?plain=1
  - GET /text
  - GET /list
  - {GET: /fails}
  - {GET: /breaks}
  - GET /none
  - HEAD /
  - GET /own
packages: ['@koa/router', koa-logger, koa-response-time, koa-helmet, helmet, koa-json]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const logger = require('koa-logger');
const responseTime = require('koa-response-time');
const helmet = require('koa-helmet');
const json = require('koa-json');

const app = new Koa();
const router = new Router();

app.use(logger());
app.use(responseTime());
app.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'self'"] } }, frameguard: { action: 'deny' } }));
app.use(json({ spaces: 4 }));
router.get('/', (ctx) => {
  ctx.body = { a: [1, { b: 2 }] };
});
router.get('/text', (ctx) => {
  ctx.body = 'text';
});
router.get('/list', (ctx) => {
  ctx.body = [];
});
router.get('/fails', (ctx) => {
  ctx.throw(422, 'bad');
});
router.get('/breaks', () => {
  throw new Error('broken');
});
router.get('/own', (ctx) => {
  ctx.set('X-Frame-Options', 'SAMEORIGIN');
  ctx.remove('Strict-Transport-Security');
  ctx.body = '<p>own</p>';
});

app.use(router.routes());
app.use(router.allowedMethods());
app.listen(process.env.PORT);
