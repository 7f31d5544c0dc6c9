const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  query,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

const find = (id) => Promise.resolve(id > 3 ? { id } : null);

app.get('/a/:id', (c) => {
  return find(Number(c.req.param('id')))
    .then((row) => {
      if (!row) throw new Error('no such row');
      return c.json(row);
    });
});

app.get('/b', (c) => {
  return query(c).a ? c.json({ a: 1 }) : c.json({ a: 0 }, 404);
});

app.get('/c', (c) => {
  return new Promise((resolve) => setTimeout(() => resolve(c.json({ later: true })), 10));
});

module.exports = app;
