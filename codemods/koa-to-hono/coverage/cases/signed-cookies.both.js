/*
member: app.keys
requests:
  - GET /set
  - GET /both
  - GET /gone
  - {GET: /read, headers: {Cookie: 'name=ada; name.sig=0wqwMRGFEw7G_UJ1_dKy_7sTZ-U'}}
  - {GET: /read, headers: {Cookie: 'name=ada; name.sig=dd9C4B4Z-WMdT2Wb1uKcg_yXSCs'}}
  - {GET: /read, headers: {Cookie: 'name=ada; name.sig=wrong'}}
  - {GET: /read, headers: {Cookie: 'name=ada'}}
  - {GET: /plain, headers: {Cookie: 'name=ada'}}
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

app.keys = ['new', 'old'];
router.get('/set', (ctx) => {
  ctx.cookies.set('name', 'ada', { signed: true });
  ctx.cookies.set('open', 'yes');
  ctx.cookies.set('bare', 'yes', { signed: false, httpOnly: false });
  ctx.body = 'set';
});
router.get('/both', (ctx) => {
  ctx.cookies.set('name', 'ada', { path: '/both', sameSite: 'strict' });
  ctx.cookies.set('name', 'bob', { overwrite: true });
  ctx.body = 'set twice';
});
router.get('/gone', (ctx) => {
  ctx.cookies.set('name', null, { signed: true });
  ctx.body = 'gone';
});
router.get('/read', (ctx) => {
  ctx.body = { name: ctx.cookies.get('name', { signed: true }) || 'nobody' };
});
router.get('/plain', (ctx) => {
  ctx.body = { name: ctx.cookies.get('name') };
});
app.use(router.routes());
app.listen(process.env.PORT);
