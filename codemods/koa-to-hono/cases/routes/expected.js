const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const createError = require('http-errors');
const { allowedMethods } = require('./http/allowed-methods');
const { answer } = require('./http/answer');
const { errorPages } = require('./http/errors');
const { parseBody } = require('./http/parse-body');

const app = new Hono({ strict: false });
app.notFound((c) => c.text('Not Found', 404));
app.onError((error) => {
  throw error;
});
app.use(errorPages());
const router = new Hono();
const users = [{ id: 1, name: 'Ada' }];

app.use(async (c, next) => {
  const start = Date.now();
  await next();
  c.header('X-Response-Time', `${Date.now() - start >= 0 ? 1 : 0}ms`);
});
app.use(async (c, next) => {
  try {
    await next();
  } catch (err) {
    c.res = c.json({ error: err.message }, err.status || 500);
  }
});
app.use(parseBody());

const guard = async (c, next) => {
  if ((c.req.header('X-Token') ?? '') !== 'ok') throw createError(401, 'no token');
  c.set('user', 'me');
  await next();
};
router.get('/', guard, (c) => {
  return c.json(users);
});
router.get('/:id', guard, async (c) => {
  const user = users.find((each) => each.id === Number(c.req.param('id')));
  if (!user) {
    return c.json({ error: 'no such user' }, 404);
  }
  return answer(c, user);
});
router.post('/', guard, (c) => {
  const user = { id: 2, ...c.get('body'), by: c.get('user') };
  return c.json(user, 201);
});
router.delete('/:id', guard, (c) => {
  return c.body(null, 204);
});
router.get('/maybe/:x', guard, (c) => {
  if (c.req.query('q')) return answer(c, c.req.query('q'));
  return c.notFound();
});

app.route('/users', router).use(allowedMethods(app));
serve({ fetch: app.fetch, port: Number(process.env.PORT || 3000) }, () => console.log('listening'));
