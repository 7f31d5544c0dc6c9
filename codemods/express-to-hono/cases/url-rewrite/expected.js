const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  rewritable,
  rewriteUrl,
  urlInMount,
} = require('./express-parity');

const app = new Hono(rewritable(expressRouting()));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.use(async (c, next) => {
  rewriteUrl(c, urlInMount(c).replace('/v1', ''));
  await next();
});

module.exports = app;
