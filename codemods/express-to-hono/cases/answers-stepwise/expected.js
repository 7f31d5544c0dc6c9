const { Hono } = require('hono');

const app = new Hono({ strict: false });

app.post('/a', (c) => {
  c.status(201);
  c.header('X-A', 'b');
  c.header('Link', '</a>; rel="self"', { append: true });
  return c.json({ ok: true });
});

app.get('/b', (c) => {
  if (c.req.header('X-Old')) {
    c.header('X-Gone', '1');
    return c.body('gone', 410);
  }
  return c.text('here');
});

app.get('/c', (c) => {
  c.status(202);
  c.header('Content-Type', 'text/csv');
  return c.body('a,b');
});

module.exports = app;
