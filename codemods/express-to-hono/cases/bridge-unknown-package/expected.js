const { Hono } = require('hono');
const tenants = require('some-tenants');
const {
  bridgeHandler,
  bridgeUnknown,
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  jsonBody,
  notFound,
  poweredBy,
  rewritable,
} = require('./express-parity');

const app = new Hono(rewritable(expressRouting()));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.use(jsonBody());
app.use(bridgeUnknown(tenants({ header: 'X-Tenant' })));
app.get('/body', bridgeHandler((req, res) => res.json(req.body)));
app.get('/query', bridgeHandler((req, res) => res.json(req.query)));
app.get('/items/:id', bridgeUnknown(tenants.only('a', 'b'), (req, res) => res.json({ id: req.params.id })));

module.exports = app;
