/*
member: ctx.request
requests:
  - GET /things/a%20b/4?x=1&y=
  - GET /things/%E2%82%AC/4?y=2
  - GET /head
  - {GET: /head, headers: {X-Token: abc, Authorization: Basic YTpi}}
  - GET /url/a/?b=c&d=e%20f
  - GET /all/x/y?q=1
  - {GET: /test, headers: {X-Token: ''}}
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/things/:name/:count', (ctx) => {
  const { name } = ctx.params;
  const key = 'y';
  ctx.body = { name, count: ctx.params.count, x: ctx.query.x, y: ctx.query[key], none: ctx.query.none };
});
router.get('/head', (ctx) => {
  ctx.body = {
    get: ctx.get('X-Token'),
    none: ctx.get('X-None'),
    headers: ctx.headers.authorization,
    request: ctx.request.headers['x-token'],
    header: ctx.request.get('host') === '' ? 'none' : 'some',
  };
});
router.get('/url/:a', (ctx) => {
  ctx.body = {
    method: ctx.method,
    path: ctx.path,
    url: ctx.url,
    original: ctx.originalUrl,
    search: ctx.search,
    querystring: ctx.querystring,
    request: [ctx.request.method, ctx.request.path, ctx.request.url],
  };
});
router.get('/all/:a/:b', (ctx) => {
  const params = ctx.params;
  ctx.body = { params, query: ctx.request.query };
});
router.get('/test', (ctx) => {
  if (!ctx.get('X-Token')) ctx.throw(401);
  ctx.body = 'in';
});

app.use(router.routes());
app.listen(process.env.PORT);
