const Koa = require('koa');

const app = new Koa();
app.use(async (ctx) => {
  ctx.throw(404, 'no such note');
});
app.listen(3000);
