/*
shape: paths put together of constants
requests: [GET /api/v1/, GET /api/v1, GET /api/v1/users, GET /api/v1/users/7, GET /api/v1/users/x, POST /api/v1/users/7/tags, GET /api/v1/items/3, GET /api/v1/items]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const API = '/api';
const BASE = `${API}/v1`;
const router = new Router();
const items = new Router({ prefix: `${BASE}/items` });

router.get(`${BASE}/`, (ctx) => {
  ctx.body = { base: true };
});
router.get(BASE + '/users', (ctx) => {
  ctx.body = [];
});
router.get(`${BASE}/users/:id`, (ctx) => {
  ctx.body = { id: ctx.params.id };
});
router.post(`${BASE}/users/:id/` + 'tags', (ctx) => {
  ctx.status = 201;
  ctx.body = { tagged: ctx.params.id };
});
items.get('/:id', (ctx) => {
  ctx.body = { item: ctx.params.id };
});
items.get('/', (ctx) => {
  ctx.body = { items: [] };
});

app.use(router.routes());
app.use(items.routes());
app.listen(process.env.PORT);
