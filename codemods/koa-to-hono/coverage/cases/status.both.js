/*
member: ctx.status
requests: [GET /first, GET /after, GET /only, GET /empty, GET /branch?a=1, GET /branch, GET /computed?code=202, GET /late, GET /teapot, GET /loop, DELETE /gone, GET /headers, GET /switch?x=a, GET /switch?x=b, GET /switch]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/first', (ctx) => {
  ctx.status = 201;
  ctx.body = { made: true };
});
router.get('/after', (ctx) => {
  ctx.body = { made: true };
  ctx.status = 202;
});
router.get('/only', (ctx) => {
  ctx.status = 403;
});
router.get('/empty', (ctx) => {
  ctx.status = 204;
});
router.get('/branch', (ctx) => {
  if (ctx.query.a) {
    ctx.status = 400;
    ctx.body = 'bad';
    return;
  }
  ctx.status = 200;
  ctx.body = { fine: true };
});
router.get('/computed', (ctx) => {
  ctx.status = Number(ctx.query.code);
  ctx.body = { code: ctx.query.code };
});
router.get('/late', (ctx) => {
  ctx.status = 206;
  if (ctx.query.x) {
    ctx.body = 'x';
  } else {
    ctx.body = 'y';
  }
});
router.get('/teapot', (ctx) => {
  ctx.status = 409;
});
router.get('/loop', (ctx) => {
  for (const each of [1, 2, 3]) {
    if (each === 2) {
      ctx.body = { each };
      return;
    }
  }
});
router.delete('/gone', async (ctx) => {
  await Promise.resolve();
  ctx.status = 204;
});
router.get('/headers', (ctx) => {
  ctx.body = { a: 1 };
  ctx.set('X-One', '1');
  ctx.set({ 'X-Two': 'two', 'X-Three': 'three' });
  ctx.status = 201;
});
router.get('/switch', (ctx) => {
  switch (ctx.query.x) {
    case 'a':
      ctx.body = 'a';
      break;
    case 'b':
      ctx.status = 400;
      ctx.body = 'b';
      break;
    default:
      ctx.body = { other: true };
  }
});

app.use(router.routes());
app.listen(process.env.PORT);
