/*
adversarial: next in odd places
requests: [GET /, GET /before, GET /skip, GET /both, GET /error, GET /swallow]
packages: []
*/
const Koa = require('koa');

const app = new Koa();

app.use(async (ctx, next) => {
  if (ctx.path === '/before') ctx.body = 'before';
  await next();
});
app.use(async (ctx, next) => {
  if (ctx.path !== '/skip') await next();
  else ctx.set('X-Skip', 'yes');
  ctx.set('X-Here', 'yes');
});
app.use(async (ctx, next) => {
  ctx.status = ctx.path === '/both' ? 201 : 200;
  await next();
});
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (ctx.path !== '/swallow') throw error;
  }
});
app.use((ctx, next) => next().then(() => ctx.set('X-Then', 'yes')));
app.use(async (ctx) => {
  if (ctx.path === '/error' || ctx.path === '/swallow') throw Object.assign(new Error('odd'), { status: 409, expose: true });
  if (ctx.path !== '/before') ctx.body = { path: ctx.path };
});
app.listen(process.env.PORT);
