const { Hono } = require('hono');
const {
  bridgeUnknown,
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  rewritable,
} = require('./express-parity');

const app = new Hono(rewritable(expressRouting()));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.use(bridgeUnknown((req, res, next) => {
  const send = res.send;
  res.send = (body) => send.call(res, `${body}!`);
  next();
}));

module.exports = app;
