/*
shape: a route for any path, and `convert` of middleware
requests: [GET /, GET /known, GET /other/path, POST /known, DELETE /x/y/z, {GET: /known, headers: {Origin: 'https://a.example'}}, HEAD /]
packages: [koa-router, koa-convert, '@koa/cors']
*/
const Koa = require('koa');
const Router = require('koa-router');
const convert = require('koa-convert');
const cors = require('@koa/cors');

const app = new Koa();
const router = new Router();

app.use(convert(cors()));
router.get('/known', (ctx) => {
  ctx.body = { known: true };
});
router.all('(.*)', async (ctx, next) => {
  ctx.set('X-Any', ctx.path);
  if (ctx.method === 'DELETE') return next();
  ctx.status = 404;
  ctx.body = { missing: ctx.path };
});

app.use(router.routes());
app.listen(process.env.PORT);
