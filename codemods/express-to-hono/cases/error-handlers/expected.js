const { Hono } = require('hono');
const { errorPage } = require('./express-parity');

const app = new Hono({ strict: false });

app.get('/a', () => {
  throw new Error('a');
});

app.notFound((c) => {
  return c.json({ error: 'none', path: new URL(c.req.url).pathname }, 404);
});

app.onError((err, c) => {
  if (!err.expose) return errorPage(err, c);
  return c.json({ error: err.message }, err.status || 500);
});

module.exports = app;
