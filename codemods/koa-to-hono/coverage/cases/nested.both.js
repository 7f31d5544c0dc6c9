/*
shape: routers in routers
requests: [GET /api/v1/users, GET /api/v1/users/7, GET /api/v1/users/, POST /api/v1/users, GET /api/v1/posts, GET /api/v1, GET /api, GET /users, GET /health]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const users = new Router({ prefix: '/users' });
users.get('/', (ctx) => {
  ctx.body = ['Ada'];
});
users.get('/:id', (ctx) => {
  ctx.body = { id: ctx.params.id };
});
users.post('/', (ctx) => {
  ctx.status = 201;
  ctx.body = { made: true };
});

const posts = new Router();
posts.get('/', (ctx) => {
  ctx.body = ['post'];
});

const api = new Router({ prefix: '/api/v1' });
api.use(users.routes());
api.use('/posts', posts.routes());
api.get('/', (ctx) => {
  ctx.body = 'v1';
});

const app = new Koa();
const health = new Router();
health.get('/health', (ctx) => {
  ctx.body = { ok: true };
});
app.use(health.routes()).use(api.routes());
app.listen(process.env.PORT);
