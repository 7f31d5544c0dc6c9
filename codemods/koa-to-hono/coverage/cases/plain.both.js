/*
shape: an application without a router
requests: [GET /, POST /x, HEAD /, GET /time, OPTIONS /]
*/
const Koa = require('koa');

const app = (module.exports = new Koa());

app.use(async function (ctx, next) {
  if (ctx.path !== '/time') return await next();
  ctx.body = { time: 'now' };
});
app.use(async function (ctx) {
  ctx.body = 'Hello World';
});

if (!module.parent || process.env.PORT) app.listen(process.env.PORT);
