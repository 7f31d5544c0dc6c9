/*
member: ctx.type
requests: [GET /xml, GET /css, GET /json, GET /file, GET /length, GET /custom]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/xml', (ctx) => {
  ctx.type = 'application/xml; charset=utf-8';
  ctx.body = '<a/>';
});
router.get('/css', (ctx) => {
  ctx.type = 'css';
  ctx.body = 'a{}';
});
router.get('/json', (ctx) => {
  ctx.body = '{"a":1}';
  ctx.type = 'json';
});
router.get('/file', (ctx) => {
  ctx.attachment('report.csv');
  ctx.body = 'a,b';
});
router.get('/custom', (ctx) => {
  ctx.set('Content-Type', 'text/plain; charset=utf-8');
  ctx.body = '<not html>';
});
router.get('/length', (ctx) => {
  ctx.response.status = 202;
  ctx.response.body = { a: 1 };
});

app.use(router.routes());
app.listen(process.env.PORT);
