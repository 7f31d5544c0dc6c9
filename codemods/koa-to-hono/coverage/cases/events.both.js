/*
shape: the error event
requests: [GET /boom, GET /seen, GET /emit, GET /seen]
*/
const Koa = require('koa');

const app = new Koa();
const seen = [];

app.on('error', (err, ctx) => {
  seen.push(`${err.message} ${ctx.path}`);
});
app.use(async (ctx, next) => {
  if (ctx.path !== '/emit') return next();
  ctx.app.emit('error', new Error('by hand'), ctx);
  ctx.body = 'emitted';
});
app.use(async (ctx) => {
  if (ctx.path === '/boom') throw new Error('boom');
  ctx.body = seen;
});
app.listen(process.env.PORT);
