/*
shape: middleware that reads what handlers answer
requests: [GET /, GET /text, GET /none, GET /error, POST /]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

app.use(async (ctx, next) => {
  await next();
  if (ctx.body === undefined) {
    ctx.status = 404;
    ctx.body = { error: 'nothing' };
  } else {
    ctx.body = { data: ctx.body, status: ctx.status };
  }
});
router.get('/', (ctx) => {
  ctx.body = { a: 1 };
});
router.get('/text', (ctx) => {
  ctx.status = 202;
  ctx.body = 'text';
});
router.get('/error', (ctx) => {
  ctx.throw(400, 'bad');
});

app.use(router.routes());
app.listen(process.env.PORT);
