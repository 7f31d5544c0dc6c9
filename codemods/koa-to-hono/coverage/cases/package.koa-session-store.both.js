/*
package: koa-session with a store
cookies: true
mask: ['expires=[^;]*', 'shop=[\w-]+', 'shop.sig=[^;]*']
requests:
  - GET /
  - GET /count
  - POST /login
  - GET /me
  - GET /again
  - GET /me
  - GET /short
  - GET /logout
  - GET /me
  - {GET: /me, headers: {Cookie: 'shop=guessed; shop.sig=wrong'}}
  - GET /fails
  - GET /stored
packages: ['@koa/router', koa-session]
*/
const Koa = require('koa');
const Router = require('@koa/router');
const { createSession: session } = require('koa-session');

const kept = new Map();
class Store {
  async get(key) {
    return kept.get(key);
  }
  async set(key, value, maxAge) {
    kept.set(key, { ...value, _for: typeof maxAge });
  }
  async destroy(key) {
    kept.delete(key);
  }
}

const CONFIG = {
  key: 'shop',
  maxAge: 60000,
  rolling: true,
  sameSite: 'lax',
  store: new Store(),
};

const app = new Koa();
const router = new Router();

app.keys = ['new', 'old'];
app.use(session(CONFIG, app));
router.get('/', (ctx) => {
  ctx.body = 'no session asked for';
});
router.get('/count', (ctx) => {
  ctx.session.count = (ctx.session.count || 0) + 1;
  ctx.body = { count: ctx.session.count, isNew: ctx.session.isNew === true, length: ctx.session.length };
});
router.post('/login', (ctx) => {
  ctx.session = { user: 'ada' };
  ctx.body = ctx.session;
});
router.get('/me', (ctx) => {
  if (!ctx.session.user) ctx.throw(401);
  ctx.body = { user: ctx.session.user };
});
router.get('/again', async (ctx) => {
  await ctx.session.regenerate();
  ctx.body = 'another key';
});
router.get('/short', (ctx) => {
  ctx.session.maxAge = 5000;
  ctx.body = { maxAge: ctx.session.maxAge, populated: ctx.session.populated };
});
router.get('/logout', (ctx) => {
  ctx.session = null;
  ctx.redirect('/');
});
router.get('/fails', (ctx) => {
  ctx.session.seen = true;
  ctx.throw(500);
});
router.get('/stored', (ctx) => {
  ctx.body = { sessions: kept.size, for: [...kept.values()].map((each) => each._for) };
});

app.use(router.routes());
app.listen(process.env.PORT);
