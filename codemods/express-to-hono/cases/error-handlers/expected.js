const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());

app.get('/a', () => {
  throw new Error('a');
});

app.notFound((c) => {
  return c.json({ error: 'none', path: c.req.path }, 404);
});

app.onError((err, c) => {
  if (!err.expose) return errorPage(err, c);
  return c.json({ error: err.message }, err.status || 500);
});

module.exports = app;
