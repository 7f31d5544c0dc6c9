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

const show = (req, res) => res.json({ id: req.params.id });

app.get('/a/:id', bridgeHandler(show));
show({ params: { id: 1 } }, { json: console.log });

module.exports = app;
