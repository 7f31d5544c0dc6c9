const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
const router = new Router({ prefix: '/users' });
const users = [{ id: 1, name: 'Ada' }];

app.use(async (ctx, next) => {
  const start = Date.now();
  await next();
  ctx.set('X-Response-Time', `${Date.now() - start >= 0 ? 1 : 0}ms`);
});
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (err) {
    ctx.status = err.status || 500;
    ctx.body = { error: err.message };
  }
});
app.use(bodyParser());

router.use(async (ctx, next) => {
  if (ctx.get('X-Token') !== 'ok') ctx.throw(401, 'no token');
  ctx.state.user = 'me';
  await next();
});
router.get('/', (ctx) => {
  ctx.body = users;
});
router.get('/:id', async (ctx) => {
  const user = users.find((each) => each.id === Number(ctx.params.id));
  if (!user) {
    ctx.status = 404;
    ctx.body = { error: 'no such user' };
    return;
  }
  ctx.body = user;
});
router.post('/', (ctx) => {
  const user = { id: 2, ...ctx.request.body, by: ctx.state.user };
  ctx.status = 201;
  ctx.body = user;
});
router.delete('/:id', (ctx) => {
  ctx.status = 204;
});
router.get('/maybe/:x', (ctx) => {
  if (ctx.query.q) ctx.body = ctx.query.q;
});

app.use(router.routes()).use(router.allowedMethods());
app.listen(process.env.PORT || 3000, () => console.log('listening'));
