/*
shape: addresses that have to be encoded, and a status that is said behind the body
requests:
  - GET /to?q=%3Cb%3E
  - GET /out
  - GET /late
  - GET /late?v=1
  - GET /none
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();
router.get('/to', (ctx) => {
  ctx.redirect(`/x/${ctx.query.q}`);
});
router.get('/out', (ctx) => {
  ctx.redirect('https://other.example');
});
router.get('/late', (ctx) => {
  const found = ctx.query.v || null;
  ctx.body = found;
  ctx.status = 202;
});
router.get('/none', (ctx) => {
  ctx.body = undefined;
  ctx.status = 202;
});
app.use(router.routes());
app.listen(process.env.PORT);
