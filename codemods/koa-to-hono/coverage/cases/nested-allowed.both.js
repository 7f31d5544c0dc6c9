/*
shape: routers mounted together with their methods
requests: [GET /users, GET /users/7, POST /users, PUT /users, OPTIONS /users, PROPFIND /users, HEAD /users/7, GET /users/later/x, DELETE /users/7, GET /api/posts, PATCH /api/posts, OPTIONS /api/posts, GET /nowhere, OPTIONS /nowhere]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const users = new Router();
users.get('/', (ctx) => {
  ctx.body = ['Ada'];
});
users.get('/:id', (ctx) => {
  ctx.body = { id: ctx.params.id };
});
users.post('/', async (ctx, next) => {
  await next();
});
users.get('/later/:name', (ctx) => {
  ctx.status = 404;
});

const posts = new Router({ prefix: '/api' });
posts.get('/posts', (ctx) => {
  ctx.body = ['post'];
});

const all = new Router();
all.use('/users', users.routes(), users.allowedMethods());

const app = new Koa();
app.use(all.routes());
app.use(posts.routes(), posts.allowedMethods());
app.listen(process.env.PORT);
