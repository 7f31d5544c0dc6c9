/*
shape: an application that stays, with handlers that hand their context to functions that stay
requests:
  - GET /me
  - {GET: /me, headers: {X-Key: ada}}
  - {GET: "/check?name=ada", headers: {X-Key: ada}}
  - GET /check
  - {POST: /check, json: {name: ada}}
  - GET /seen
  - GET /size
  - GET /both/7
packages: ['@koa/router', koa-bodyparser, koa-etag]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');
const { default: etag } = require('koa-etag');

const app = new Koa();
app.on('error', () => {});

class Validator {
  async validate(ctx) {
    this.data = { query: ctx.query, path: ctx.params, body: ctx.request.body, all: ctx };
    if (this.get('name') === undefined) ctx.throw(400, 'name is missing');
    return this;
  }

  get(name) {
    return this.data.query[name] ?? this.data.body?.[name];
  }
}
// It gives the context another name, so it stays.
const who = (ctx) => {
  const own = ctx;
  return own.get('X-Key') || 'nobody';
};

app.use(etag());
app.use(bodyParser());
app.use(async (ctx, next) => {
  await next();
  ctx.set('X-Size', String(JSON.stringify(ctx.body ?? null).length));
});
const router = new Router();
router.get(/^\/m(e)$/, (ctx) => {
  ctx.body = { who: who(ctx) };
});
router.all('/check', async (ctx) => {
  const found = await new Validator().validate(ctx);
  ctx.status = 201;
  ctx.body = { name: found.get('name'), who: who(ctx) };
});
router.get('/seen', (ctx) => {
  const name = who(ctx);
  if (name === 'nobody') {
    ctx.status = 403;
    ctx.body = { closed: true };
    return;
  }
  ctx.body = { name };
});
router.get('/size', async (ctx, next) => {
  await next();
  ctx.body = { before: ctx.body === undefined };
});
router.get('/both/:id', (ctx) => {
  ctx.body = { id: ctx.params.id, who: [who(ctx), who(ctx)] };
});
app.use(router.routes()).use(router.allowedMethods());
app.listen(process.env.PORT);
