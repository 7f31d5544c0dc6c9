/*
package: koa-jwt
requests:
  - GET /open
  - GET /closed
  - {GET: /closed, headers: {Authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiQWRhIn0.x'}}
  - {GET: /closed, headers: {Authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiQWRhIn0.2Gm-lGQ8K4vS1OnRZjeKZt5zOvoiVsHOYfsNXykKb9o'}}
packages: ['@koa/router', koa-jwt]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const jwt = require('koa-jwt');

const app = new Koa();
const router = new Router();

app.use(jwt({ secret: 'shared' }).unless({ path: ['/open'] }));
router.get('/open', (ctx) => {
  ctx.body = 'open';
});
router.get('/closed', (ctx) => {
  ctx.body = { user: ctx.state.user };
});
app.use(router.routes());
app.listen(process.env.PORT);
