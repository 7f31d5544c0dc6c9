const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/a', (c) => {
  const response = c.json({ ok: true });
  console.log('answered');
  return response;
});

module.exports = app;
