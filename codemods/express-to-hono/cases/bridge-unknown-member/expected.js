const { Hono } = require('hono');
const {
  bridgeHandler,
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

app.get('/a', bridgeHandler((req, res) => {
  res.json({ version: req.httpVersion });
}));

module.exports = app;
