/*
shape: middleware of a router
requests:
  - GET /open
  - GET /closed
  - {GET: /closed, headers: {X-Token: secret}}
  - GET /closed/deep
  - GET /missing
  - {GET: /admin, headers: {X-Token: secret}}
  - {GET: /admin, headers: {X-Token: secret, X-Role: admin}}
  - GET /later
  - POST /closed
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

const role = (name) => async (ctx, next) => {
  if (ctx.get('X-Role') !== name) {
    ctx.status = 403;
    ctx.body = { error: `only ${name}` };
    return;
  }
  await next();
};
async function authenticate(ctx, next) {
  if (ctx.get('X-Token') !== 'secret') ctx.throw(401, 'token');
  ctx.state.user = { name: 'Ada' };
  return next();
}

router.get('/open', (ctx) => {
  ctx.body = 'open';
});
router.use(authenticate);
router.get('/closed', (ctx) => {
  ctx.body = ctx.state.user.name;
});
router.get('/closed/deep', (ctx) => {
  const { user } = ctx.state;
  ctx.body = user.name;
});
router.get('/admin', role('admin'), (ctx) => {
  ctx.body = 'admin';
});
app.use(router.routes());

const other = new Router();
other.get('/later', (ctx) => {
  ctx.body = 'later';
});
app.use(other.routes());
app.listen(process.env.PORT);
