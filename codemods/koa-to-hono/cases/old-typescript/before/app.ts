import Koa from 'koa';

const app = new Koa();
app.use(async (ctx) => {
  ctx.body = { ok: true };
});
app.listen(3000);
