/*
member: ctx.redirect
requests: [GET /a, GET /b, GET /c, GET /d, HEAD /a]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/a', (ctx) => {
  ctx.redirect('/b');
});
router.get('/b', (ctx) => {
  ctx.status = 301;
  ctx.redirect('/c?x=1');
});
router.get('/c', (ctx) => ctx.redirect('https://example.com/'));
router.get('/d', (ctx) => {
  if (ctx.query.stay) {
    ctx.body = 'stay';
  } else {
    ctx.redirect(`/a?${ctx.querystring}`);
  }
});

app.use(router.routes());
app.listen(process.env.PORT);
