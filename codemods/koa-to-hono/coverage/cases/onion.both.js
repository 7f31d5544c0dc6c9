/*
shape: middleware around others
requests: [GET /, GET /boom, GET /known, GET /none, POST /, HEAD /, OPTIONS /]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();
const log = [];

app.use(async (ctx, next) => {
  log.push(`in ${ctx.method} ${ctx.path}`);
  await next();
  ctx.set('X-Status', String(ctx.status));
  ctx.set('X-Log', log.join(','));
  log.length = 0;
});
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (err) {
    ctx.status = err.status || 500;
    ctx.body = { message: err.message, known: err.status !== undefined };
  }
});
app.use(async (ctx, next) => {
  await next();
  log.push('not after an error');
});

router.get('/', (ctx) => {
  ctx.set('X-Handler', 'yes');
  ctx.body = 'home';
});
router.get('/boom', async (ctx) => {
  ctx.set('X-Handler', 'yes');
  throw new Error('boom');
});
router.get('/known', (ctx) => {
  ctx.throw(409, 'taken');
});

app.use(router.routes());
app.listen(process.env.PORT);
