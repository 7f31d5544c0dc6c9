const { Hono } = require('hono');
const {
  bridgeHandler,
  charset,
  contentLength,
  errorPage,
  etag,
  expressApp,
  expressRouting,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

expressApp.set('view engine', 'ejs');
app.get('/a', bridgeHandler((req, res) => res.render('a', { b: 1 })));

module.exports = app;
