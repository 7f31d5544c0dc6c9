/*
shape: functions that stay Koa's inside Hono
cookies: true
requests:
  - GET /
  - GET /native
  - GET /copy?x=1
  - {POST: /raw, type: text/plain, body: hello}
  - GET /wrapped
  - GET /fails
  - GET /none
  - GET /cookie
  - GET /cookie
  - GET /status
  - GET /null
  - GET /accepts
  - {GET: /accepts, headers: {Accept: text/html}}
  - HEAD /accepts
  - GET /stream
  - GET /headers
  - GET /redirect
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { Readable } = require('stream');

const app = new Koa();
const router = new Router();

app.keys = ['secret'];
app.context.version = '1.2';

app.use(async (ctx, next) => {
  const { state, response } = ctx;
  state.from = 'koa';
  await next();
  response.set('X-Type', ctx.type || 'none');
});
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (err) {
    ctx.status = 500;
    ctx.body = { caught: err.message };
  }
});

router.get('/', (ctx) => {
  ctx.body = { version: ctx.version, from: ctx.state.from };
});
router.get('/native', (ctx) => {
  ctx.set('X-Native', 'yes');
  ctx.body = { from: ctx.state.from };
});
router.get('/copy', (ctx) => {
  const copy = ctx;
  copy.body = `copy ${copy.query.x}`;
  copy.status = 202;
});
router.post('/raw', async (ctx) => {
  const { req } = { req: ctx.request };
  ctx.body = { length: req.length, type: req.type };
});
router.get('/fails', (ctx) => {
  const copy = ctx;
  copy.set('X-Kept', 'yes');
  throw new Error('fails');
});
router.get('/none', (ctx) => {
  const copy = ctx;
  copy.set('X-None', 'yes');
});
router.get('/cookie', (ctx) => {
  const count = Number(ctx.cookies.get('count', { signed: true }) || 0) + 1;
  ctx.cookies.set('count', String(count), { signed: true });
  ctx.cookies.set('plain', 'a', { signed: false, httpOnly: false });
  ctx.body = { count };
});
router.get('/status', (ctx) => {
  const copy = ctx;
  copy.status = 402;
});
router.get('/null', (ctx) => {
  const copy = ctx;
  copy.body = null;
});
router.get('/accepts', (ctx) => {
  ctx.vary('Accept');
  ctx.body = ctx.accepts('json', 'html') === 'html' ? '<p>html</p>' : { json: true };
});
router.get('/stream', (ctx) => {
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = Readable.from(['a', 'b', 'c']);
  ctx.lastModified = new Date(0);
});
router.get('/headers', (ctx) => {
  ctx.append('Link', '<a>');
  ctx.append('Link', '<b>');
  ctx.response.etag = 'tag';
  ctx.body = 'x';
});
router.get('/redirect', (ctx) => {
  const copy = ctx;
  copy.redirect('/');
});

app.use(router.routes());
app.listen(process.env.PORT);
