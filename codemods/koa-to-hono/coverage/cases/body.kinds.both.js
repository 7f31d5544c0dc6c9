/*
member: ctx.body
requests: [GET /text, GET /html, GET /json, GET /list, GET /number, GET /true, GET /null, GET /undefined, GET /empty, GET /bytes, GET /later?which=one, GET /later?which=text, GET /later?which=html, GET /later?which=none, GET /later?which=other, GET /nothing, HEAD /json, HEAD /text, GET /template, GET /stringify, GET /missing]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();
const rows = { one: { id: 1 }, text: 'plain', html: ' <b>bold</b>', none: null };

router.get('/text', (ctx) => {
  ctx.body = 'plain text';
});
router.get('/html', (ctx) => {
  ctx.body = '<h1>hello</h1>';
});
router.get('/json', (ctx) => {
  ctx.body = { a: 1, nested: { b: [1, 2] }, nothing: undefined };
});
router.get('/list', (ctx) => {
  ctx.body = [1, 'two', null];
});
router.get('/number', (ctx) => {
  ctx.body = 42;
});
router.get('/true', (ctx) => (ctx.body = true));
router.get('/null', (ctx) => {
  ctx.body = null;
});
router.get('/undefined', (ctx) => {
  ctx.body = undefined;
});
router.get('/empty', (ctx) => {
  ctx.body = '';
});
router.get('/bytes', (ctx) => {
  ctx.body = Buffer.from('abc');
});
router.get('/later', async (ctx) => {
  ctx.body = await Promise.resolve(rows[ctx.query.which]);
});
router.get('/nothing', (ctx) => {
  ctx.state.seen = true;
});
router.get('/template', (ctx) => {
  ctx.body = `${rows.html}!`;
});
router.get('/stringify', (ctx) => {
  ctx.body = JSON.stringify({ a: 1 });
});

app.use(router.routes());
app.listen(process.env.PORT);
