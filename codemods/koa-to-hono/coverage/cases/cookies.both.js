/*
member: ctx.cookies
mask: ['expires=[^;]*GMT']
requests:
  - GET /
  - {GET: /, headers: {Cookie: 'view=3; other="q"; n.m=1'}}
  - GET /more
  - GET /gone
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/', (ctx) => {
  const n = ~~ctx.cookies.get('view') + 1;
  ctx.cookies.set('view', n);
  ctx.body = { n, other: ctx.cookies.get('other'), dotted: ctx.cookies.get('n.m') };
});
router.get('/more', (ctx) => {
  ctx.cookies.set('a', 'b c', { maxAge: 60000, path: '/more', httpOnly: false, sameSite: 'lax' });
  ctx.cookies.set('d', 'e=f');
  ctx.body = 'more';
});
router.get('/gone', (ctx) => {
  ctx.cookies.set('a', null);
  ctx.cookies.set('b');
  ctx.status = 204;
});

app.use(router.routes());
app.listen(process.env.PORT);
