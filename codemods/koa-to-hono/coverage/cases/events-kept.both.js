/*
shape: the error event with Koa's own context
requests: [GET /boom, GET /thrown, GET /seen]
*/
const Koa = require('koa');

const app = new Koa();
const seen = [];

app.on('error', (err, ctx) => {
  const copy = ctx;
  seen.push(`${err.message} ${copy.path} ${copy.request.method}`);
});
app.use(async (ctx) => {
  if (ctx.path === '/boom') throw new Error('boom');
  if (ctx.path === '/thrown') ctx.throw(500, 'thrown');
  ctx.body = seen;
});
app.listen(process.env.PORT);
