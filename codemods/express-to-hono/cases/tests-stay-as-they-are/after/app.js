const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  nodeApp,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = nodeApp(new Hono(expressRouting()));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/', (c) => {
  return c.json({ ok: true });
});

module.exports = { app };
