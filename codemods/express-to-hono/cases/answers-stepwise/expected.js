const { Hono } = require('hono');
const {
  appendHeader,
  charset,
  contentLength,
  end,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  send,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.post('/a', (c) => {
  c.status(201);
  c.header('X-A', 'b');
  appendHeader(c, 'Link', '</a>; rel="self"');
  return c.json({ ok: true });
});

app.get('/b', (c) => {
  if (c.req.header('X-Old')) {
    c.header('X-Gone', '1');
    return send(c, 'gone', 410);
  }
  return c.text('here');
});

app.get('/c', (c) => {
  c.status(202);
  c.header('Content-Type', 'text/csv');
  return end(c, 'a,b');
});

module.exports = app;
