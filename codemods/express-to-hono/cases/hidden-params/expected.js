const { Hono } = require('hono');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  hiddenParams,
  notFound,
  ownParams,
  poweredBy,
} = require('./express-parity');

const app = new Hono(expressRouting({ hide: hiddenParams }));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

const inner = new Hono(ownParams());
inner.get('/x', (c) => c.json({ outer: c.req.param('outer') }));
app.route('/:outer', inner);

module.exports = app;
