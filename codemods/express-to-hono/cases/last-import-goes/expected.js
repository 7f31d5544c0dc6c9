const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  overrideMethod,
  poweredBy,
  rewritable,
} = require('./express-parity');

const app = new Hono(rewritable(expressRouting()));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.use(overrideMethod('_method'));
app.put('/a', (c) => c.json({}));

module.exports = app;
