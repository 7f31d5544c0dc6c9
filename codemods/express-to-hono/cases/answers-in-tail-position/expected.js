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

app.get('/a', (c) => c.json({ id: c.req.param('id') }));

app.get('/b/:id', (c) => {
  if (!c.req.param('id')) {
    return c.json({ error: 'id' }, 400);
  } else {
    return c.json({ id: c.req.param('id') }); // found
  }
});

app.get('/c', (c) => {
  if (query(c).q) {
    return c.html('<p>yes</p>');
  }
  return c.body(null, 204);
});

module.exports = app;
