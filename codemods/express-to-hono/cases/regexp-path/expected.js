const { Hono } = require('hono');
const {
  charset,
  compileRegexp,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  regexpPath,
} = require('./express-parity');

const app = new Hono(expressRouting({ compile: compileRegexp }));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get(regexpPath(/^\/a+$/), (c) => c.json({}));

module.exports = app;
