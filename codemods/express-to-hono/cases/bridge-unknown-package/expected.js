const { Hono } = require('hono');
const tenants = require('some-tenants');
const {
  bridgeHandler,
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  jsonBody,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.use(jsonBody());
app.use(bridgeHandler(tenants({ header: 'X-Tenant' })));
app.get('/body', (c) => c.json(c.get('body')));
app.get('/query', bridgeHandler((req, res) => res.json(req.query)));
app.get('/items/:id', bridgeHandler(tenants.only('a', 'b')), (c) => c.json({ id: c.req.param('id') }));

module.exports = app;
