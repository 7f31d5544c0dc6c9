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

const maybe = (req, res) => {
  if (req.query.skip) return;
  res.json({});
};
app.get('/a', bridgeHandler((req, res) => {
  maybe(req, res);
}));

module.exports = app;
