const { Hono } = require('hono');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.use(async (c, next) => {
  const start = Date.now();
  await next();
  console.log(c.req.method, c.res.status, Date.now() - start);
});

app.use('/api/*', async (c, next) => {
  if (c.req.header('x-stop') === '1') return c.json({ error: 'stop' }, 403);
  c.set('user', { id: 1 });
  c.set('start', Date.now());
  await next();
});

app.get('/api/me', (c) => {
  const user = c.get('user');
  if (!user) return c.text('Unauthorized', 401);
  return c.json({ id: user.id, start: c.get('start') });
});

module.exports = app;
