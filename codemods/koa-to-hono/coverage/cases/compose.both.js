/*
shape: composed middleware
requests: [GET /, GET /none]
packages: [koa-compose]
*/
const Koa = require('koa');
const compose = require('koa-compose');

const app = new Koa();

async function mark(ctx, next) {
  await next();
  ctx.set('X-Mark', 'yes');
}
async function answer(ctx, next) {
  await next();
  if (ctx.url !== '/') return;
  ctx.body = 'Hello World';
}
app.use(compose([mark, answer]));
app.listen(process.env.PORT);
