const { Hono } = require('hono');
const { randomUUID } = require('node:crypto');
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
  req.headers['x-request-id'] = req.headers['x-request-id'] || randomUUID();
  next();
}));
app.get('/id', bridgeHandler((req, res) => res.send(req.get('x-request-id'))));
app.get('/items/:id', (c) => c.json({ id: c.req.param('id') }));

module.exports = app;
