/*
member: router.allowedMethods
requests: [GET /a, POST /a, OPTIONS /a, HEAD /a, DELETE /a, PUT /b/1, OPTIONS /b/1, GET /none, OPTIONS /none, PROPFIND /a, GET /a/, GET /explicit, GET /all, PATCH /all]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/a', (ctx) => {
  ctx.body = 'a';
});
router.post('/a', (ctx) => {
  ctx.status = 201;
  ctx.body = 'made';
});
router.put('/b/:id', (ctx) => {
  ctx.body = { id: ctx.params.id };
});
router.get('/explicit', (ctx) => {
  ctx.status = 404;
  ctx.body = 'mine';
});
router.all('/all', (ctx) => {
  ctx.body = ctx.method;
});

app.use(router.routes());
app.use(router.allowedMethods());
app.listen(process.env.PORT);
