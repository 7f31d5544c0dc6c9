const { Hono } = require('hono');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.use(async (c, next) => {
  try {
    c.set('user', JSON.parse(c.req.header('X-User') || '{}'));
    return next();
  } catch (err) {
    return c.json({ error: err.message }, 401);
  }
});

app.get('/me', (c) => {
  const user = c.get('user');
  switch (user.role) {
    case 'admin':
      return c.json({ admin: true });
    case 'guest':
      return c.json({ admin: false }, 403);
    default:
      return c.json({ admin: false, role: user.role });
  }
});

module.exports = app;
