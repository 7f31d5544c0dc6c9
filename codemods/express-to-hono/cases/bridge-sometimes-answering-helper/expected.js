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

function check(req, res) {
  if (req.query.a) return true;
  res.status(400).json({ error: 'a' });
  return false;
}

app.get('/a', bridgeHandler((req, res) => {
  if (!check(req, res)) return;
  res.json({});
}));

module.exports = app;
