/*
shape: a body and then its status, after `next()`
requests: [GET /, GET /known, GET /empty, GET /unknown, GET /none]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

class Known extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (error instanceof Known) {
      ctx.body = error.message === '' ? null : { msg: error.message, request: `${ctx.method} ${ctx.path}` };
      ctx.set('X-Known', '1');
      ctx.response.status = error.code;
    } else {
      ctx.body = { msg: 'unknown' };
      ctx.status = 500;
    }
  }
});
router.get('/', (ctx) => {
  ctx.body = 'fine';
});
router.get('/known', () => {
  throw new Known('known', 409);
});
router.get('/empty', () => {
  throw new Known('', 404);
});
router.get('/unknown', () => {
  throw new Error('no');
});

app.use(router.routes());
app.listen(process.env.PORT);
