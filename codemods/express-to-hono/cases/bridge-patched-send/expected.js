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

app.use(bridgeHandler((req, res, next) => {
  const send = res.send;
  res.send = (body) => send.call(res, `${body}!`);
  next();
}));

module.exports = app;
