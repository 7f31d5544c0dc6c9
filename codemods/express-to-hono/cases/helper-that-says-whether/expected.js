const { Hono } = require('hono');

const app = new Hono({ strict: false });

function check(c) {
  if (c.req.query('a')) return null;
  return c.json({ error: 'a' }, 400);
}

app.get('/a', (c) => {
  const answered = check(c);
  if (answered) return answered;
  return c.json({});
});

module.exports = app;
