/*
adversarial: answers in odd places
requests: [GET /twice, GET /then, GET /foreach, GET /or, GET /computed, GET /nested, GET /finally?x=1, GET /finally, GET /early?x=1, GET /early, GET /value, GET /string-status, GET /loop, GET /ternary?x=1, GET /ternary, GET /callback, GET /type, GET /object-type, GET /reassigned, GET /shadow, GET /chained, GET /array]
packages: ['@koa/router']
*/
const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();
const wait = (value) => new Promise((resolve) => setTimeout(() => resolve(value), 5));

router.get('/twice', (ctx) => {
  ctx.body = { first: true };
  if (!ctx.query.x) ctx.body = 'second';
  ctx.set('X-Twice', 'yes');
});
router.get('/then', (ctx) => wait('later').then((value) => {
  ctx.body = value;
}));
router.get('/foreach', (ctx) => {
  [1, 2, 3].forEach((each) => {
    ctx.body = { each };
  });
});
router.get('/or', (ctx) => {
  ctx.body = ctx.body || 'none yet';
});
router.get('/computed', (ctx) => {
  const name = 'body';
  ctx[name] = 'computed';
});
router.get('/nested', async (ctx) => {
  const fill = () => {
    ctx.status = 202;
    ctx.body = 'nested';
  };
  await wait();
  fill();
});
router.get('/finally', (ctx) => {
  try {
    if (ctx.query.x) throw new Error('x');
    ctx.body = 'tried';
  } catch (error) {
    ctx.status = 400;
    ctx.body = { caught: error.message };
  } finally {
    ctx.set('X-Finally', 'yes');
  }
});
router.get('/early', async (ctx) => {
  if (ctx.query.x) {
    ctx.body = 'early';
    return;
  }
  const value = await wait('late');
  ctx.body = value;
});
router.get('/value', (ctx) => {
  ctx.body = 'body';
  return { not: 'this' };
});
router.get('/string-status', (ctx) => {
  const { status } = { status: 201 };
  ctx.status = status;
  ctx.body = { status };
});
router.get('/loop', async (ctx) => {
  for (const each of ['a', 'b']) {
    ctx.body = each;
    if (each === 'b') break;
  }
});
router.get('/ternary', (ctx) => {
  ctx.query.x ? (ctx.body = 'x') : (ctx.status = 403);
});
router.get('/callback', (ctx) => new Promise((resolve) => {
  setTimeout(() => {
    ctx.body = 'called back';
    resolve();
  }, 5);
}));
router.get('/type', (ctx) => {
  if (!ctx.query.x) ctx.type = 'text/plain';
  ctx.body = '<b>not html</b>';
});
router.get('/object-type', (ctx) => {
  ctx.type = 'json';
  ctx.body = { a: 1 };
});
router.get('/reassigned', (ctx) => {
  let result = { ok: true };
  if (ctx.query.x) result = null;
  ctx.body = result;
});
router.get('/shadow', (ctx) => {
  const c = { name: 'shadow' };
  ctx.body = [c].map((ctx) => ctx.name);
});
router.get('/chained', (ctx) => {
  ctx.state.value = ctx.body = 'chained';
});
router.get('/array', async (ctx) => {
  ctx.body = await Promise.all([1, 2].map((each) => wait(each)));
});

app.use(router.routes());
app.listen(process.env.PORT);
