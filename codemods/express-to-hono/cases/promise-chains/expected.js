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

const repo = require('./repo');

app.get('/a', (c) => {
  return repo.all().then((rows) => c.json(rows));
});

app.get('/b', (c) => {
  return repo
    .find(query(c).id)
    .then((row) => {
      if (!row) return c.json({ error: 'none' }, 404);
      return c.json(row);
    })
    .catch((err) => c.json({ error: err.message }, 500));
});

module.exports = app;
