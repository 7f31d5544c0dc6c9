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
  send: sendBody,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

const c = { limit: 3 };

app.get('/a', (ctx) => {
  const send = 'x';
  return sendBody(ctx, Buffer.from(query(ctx).q + send + c.limit));
});

module.exports = app;
