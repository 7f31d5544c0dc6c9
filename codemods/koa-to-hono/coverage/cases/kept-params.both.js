/*
adversarial: parameters that middleware changes
requests: [GET /a/1, GET /a/2?x=1, GET /b/3]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.param('id', async (id, ctx, next) => {
  ctx.params.item = { id: Number(id) };
  ctx.query.added = 'yes';
  await next();
});
router.get('/a/:id', (ctx) => {
  ctx.body = { item: ctx.params.item, id: ctx.params.id, added: ctx.query.added, x: ctx.query.x };
});
router.get('/b/:id', (ctx) => {
  ctx.body = ctx.params.item;
});
app.use(router.routes());
app.listen(process.env.PORT);
