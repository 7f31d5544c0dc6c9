/*
shape: an application that stays, with guards, state and what reads answers
requests:
  - GET /open
  - GET /closed
  - {GET: /closed, headers: {X-Key: let-me-in}}
  - GET /ADMIN/users
  - {GET: /admin/users, headers: {X-Key: let-me-in}}
  - GET /admin/users
  - {GET: /admin/users/7, headers: {X-Key: let-me-in}}
  - {GET: /admin/users/100%25, headers: {X-Key: let-me-in}}
  - HEAD /open
  - GET /list?a=1&a=2&b=x
  - GET /raw
  - GET /nothing
  - GET /empty
  - GET /who
  - GET /moved
  - GET /broken
  - GET /nowhere
  - OPTIONS /open
  - POST /open
  - {POST: /echo, json: {a: 1}}
packages: ['@koa/router', koa-bodyparser]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');

const app = new Koa();
app.on('error', () => {});
app.context.site = 'here';

// It reads what others answer.
app.use(async (ctx, next) => {
  await next();
  if (ctx.body && ctx.body.wrap) ctx.body = { data: ctx.body, status: ctx.status };
  ctx.set('X-Kind', ctx.body === undefined ? 'nothing' : typeof ctx.body);
});
app.use(bodyParser());
app.use(async (ctx, next) => {
  ctx.state.seen = ctx.get('X-Key') || 'nobody';
  ctx.who = ctx.state.seen.length;
  await next();
});

const router = new Router();
const guard = async (ctx, next) => {
  if (ctx.state.seen !== 'let-me-in') {
    ctx.status = 401;
    ctx.body = { error: 'closed' };
    return;
  }
  await next();
};
router.get('/open', async (ctx) => {
  ctx.body = { wrap: true, site: ctx.site };
});
router.get('/closed', guard, (ctx) => {
  ctx.body = 'inside';
});
router.get('/list', (ctx) => {
  ctx.body = { a: ctx.query.a, b: ctx.query.b, all: ctx.query };
});
router.get(/^\/ra(w)$/, (ctx) => {
  ctx.respond = false;
  ctx.res.writeHead(200, { 'X-Raw': 'yes' });
  ctx.res.end('raw');
});
router.get('/nothing', (ctx) => {
  ctx.status = 409;
});
router.get('/empty', (ctx) => {
  ctx.body = null;
});
router.get('/who', (ctx) => {
  ctx.type = 'text/html';
  ctx.body = `${ctx.who} ${ctx.path}`;
});
router.get(['/moved', '/gone'], (ctx) => {
  ctx.redirect(`/to/<${ctx.path}>`);
});
router.get('/broken', async () => {
  throw new Error('broken');
});
router.post('/echo', (ctx) => {
  ctx.status = 201;
  ctx.body = ctx.request.body;
});
app.use(router.routes()).use(router.allowedMethods());

const admin = new Router({ prefix: '/admin', sensitive: true });
admin.use(guard);
admin.get('/users', (ctx) => {
  ctx.body = [{ id: 1 }];
});
admin.get('/users/:id', (ctx) => {
  ctx.body = { wrap: true, id: ctx.params.id };
});
app.use(admin.routes());
app.listen(process.env.PORT);
