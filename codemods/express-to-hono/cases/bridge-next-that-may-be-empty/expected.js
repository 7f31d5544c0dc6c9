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

const fs = require('fs');

app.use(bridgeHandler((req, res, next) => {
  fs.access('a.txt', (err) => next(err));
}));

module.exports = app;
