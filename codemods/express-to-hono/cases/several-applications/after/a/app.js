const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  jsonBody,
  notFound,
  poweredBy,
} = require('./express-parity');
const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.use(jsonBody());
app.get('/', (c) => c.json({ a: 1 }));
module.exports = app;
