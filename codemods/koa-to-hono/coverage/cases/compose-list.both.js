/*
shape: composed middleware, in an application and in a route
requests: [GET /, GET /closed, {GET: /closed, headers: {Authorization: secret}}, GET /fails, GET /none, GET /twice]
packages: [koa-compose, '@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');
const compose = require('koa-compose');

const app = new Koa();
const router = new Router();

async function mark(ctx, next) {
  ctx.set('X-Mark', 'yes');
  await next();
  ctx.set('X-After', 'yes');
}
async function catches(ctx, next) {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status || 500;
    ctx.body = { error: error.message };
  }
}
async function guard(ctx, next) {
  if (ctx.get('Authorization') !== 'secret') ctx.throw(401, 'no');
  await next();
}
const twice = compose([mark, async (ctx, next) => next()]);

app.use(compose([mark, catches]));
router.get('/', (ctx) => {
  ctx.body = 'home';
});
router.get('/closed', compose([guard, (ctx) => {
  ctx.body = { closed: true };
}]));
router.get('/fails', twice, () => {
  throw new Error('broken');
});
router.get('/twice', twice, (ctx) => {
  ctx.status = 202;
});
app.use(router.routes());
app.listen(process.env.PORT);
