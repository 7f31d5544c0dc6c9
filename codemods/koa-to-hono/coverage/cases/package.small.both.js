/*
package: basic-auth, response-time, respond, favicon, kcors, x-request-id
mask: ['x-response-time: [^\n]*', 'x-request-id: [^\n]*', 'x-ratelimit-reset: [\d.]+']
requests:
  - GET /open
  - GET /closed
  - {GET: /closed, headers: {Authorization: 'Basic dGo6dG9iaQ=='}}
  - {GET: /closed, headers: {Authorization: 'Basic dGo6eA=='}}
  - {GET: /ok, headers: {Authorization: 'Basic dGo6dG9iaQ=='}}
  - {GET: /bad, headers: {Authorization: 'Basic dGo6dG9iaQ==', Origin: 'https://b.example'}}
packages: ['@koa/router', koa-basic-auth, koa-response-time, koa-respond, kcors, koa-x-request-id, koa-ratelimit]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const auth = require('koa-basic-auth');
const responseTime = require('koa-response-time');
const respond = require('koa-respond');
const cors = require('kcors');
const requestId = require('koa-x-request-id');
const ratelimit = require('koa-ratelimit');

const app = new Koa();
const router = new Router();

app.use(responseTime());
app.use(requestId({ noHyphen: true, inject: true }, app));
app.use(cors());
app.use(respond());
app.use(ratelimit({ driver: 'memory', db: new Map(), duration: 60000, max: 100, id: () => 'all' }));
app.use(async (ctx, next) => {
  if (ctx.path === '/open') {
    ctx.body = 'open';
    return;
  }
  await next();
});
app.use(auth({ name: 'tj', pass: 'tobi' }));
router.get('/closed', (ctx) => {
  ctx.body = 'closed';
});
router.get('/ok', (ctx) => {
  ctx.ok({ fine: true });
});
router.get('/bad', (ctx) => {
  ctx.badRequest({ bad: true });
});
app.use(router.routes());
app.listen(process.env.PORT);
