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

const wrap = (fn) => (c) => Promise.resolve(fn(c));

app.get('/a', wrap(async (c) => {
  return c.json(await Promise.resolve(query(c)));
}));

module.exports = app;
