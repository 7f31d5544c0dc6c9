const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  originalUrl,
  poweredBy,
  query,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

const ok = (c, data) => c.json({ data });
const fail = (c, status, message) => {
  return c.json({ message, path: originalUrl(c) }, status);
};
const wanted = (c) => query(c).wanted;

app.get('/a', (c) => {
  if (!wanted(c)) return fail(c, 400, 'wanted?');
  return ok(c, wanted(c));
});

module.exports = app;
