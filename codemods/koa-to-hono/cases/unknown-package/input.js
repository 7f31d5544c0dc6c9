const Koa = require('koa');
const magic = require('koa-magic-sessions');

const app = new Koa();
app.use(magic());
app.use((ctx) => {
  const copy = ctx;
  ctx.body = ctx.magic.name + copy.path;
});
app.listen(3000);
