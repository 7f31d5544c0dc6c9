/*
shape: the context taken apart
requests:
  - GET /users/7?page=2
  - {GET: /users/7?page=2&tag=a&tag=b, headers: {X-Who: ada}}
  - {POST: /users, json: {name: ada, nested: {a: 1}}}
  - {POST: /users, json: {}}
  - GET /teapot
  - GET /guarded
  - {GET: /guarded, headers: {Authorization: secret}}
  - GET /redirect
  - GET /helper
  - GET /helper?fail=1
  - GET /request
  - GET /nested?page=3
  - GET /closure
  - GET /node
  - GET /defaults?page=2
  - GET /defaults?page=2&page=3&b[]=1&q=%zz+x
  - GET /request?a=1&a=2
  - GET /whole/5?a=1
  - GET /named/6?b=1
packages: ['@koa/router', koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
const router = new Router();

app.use(bodyParser());

router.get('/users/:id', async ({ params, query, headers, response }) => {
  response.set('X-Seen', headers['x-who'] || 'nobody');
  response.body = { id: params.id, page: query.page };
});
router.post('/users', async (ctx) => {
  const { request, response } = ctx;
  const { body } = request;
  if (!body.name) {
    response.status = 422;
    response.body = { error: 'name' };
    return;
  }
  response.status = 201;
  response.body = { name: body.name, nested: body.nested };
});
router.get('/teapot', ({ response }) => {
  response.status = 403;
  response.body = 'short and stout';
});
router.get(
  '/guarded',
  async ({ request, response, state }, next) => {
    if (request.get('Authorization') !== 'secret') {
      response.status = 401;
      response.body = { error: 'no' };
      return;
    }
    state.user = { name: 'ada' };
    await next();
  },
  ({ state, response }) => {
    response.body = { user: state.user };
  },
);
router.get('/redirect', ({ response }) => {
  response.redirect('/teapot');
});

function fail(ctx, text) {
  const { response } = ctx;
  response.status = 400;
  response.body = { text };
}
router.get('/helper', async (ctx) => {
  const { query } = ctx;
  if (query.fail) return fail(ctx, 'failed');
  ctx.body = { fine: true };
});
router.get('/request', (ctx) => {
  const { method, path, url, query: all } = ctx.request;
  ctx.body = { method, path, url, all };
});
router.get('/nested', (ctx) => {
  const { request: { query } } = ctx, extra = 1;
  ctx.body = { page: query.page, extra };
});
router.get('/closure', async (ctx) => {
  const { params, request } = ctx;
  const read = () => `${request.method} ${Object.keys(params).length}`;
  ctx.body = read();
});
router.get('/node', (ctx) => {
  ctx.body = { url: ctx.req.url, method: ctx.req.method, host: typeof ctx.req.headers.host };
});
// What is handed on may be changed there, and is read behind it.
function withDefaults(query) {
  query.size = query.size || '10';
}
router.get('/defaults', (ctx) => {
  const { query, response } = ctx;
  withDefaults(query);
  response.body = { query };
});
router.get('/whole/:id', (ctx) => {
  const { params, query } = ctx;
  ctx.body = { params, query };
});
router.get('/named/:id', (ctx) => {
  const params = ctx.params;
  const { request } = ctx;
  withDefaults(params);
  ctx.body = { params, id: params.id, b: request.query.b };
});

app.use(router.routes());
app.listen(process.env.PORT);
