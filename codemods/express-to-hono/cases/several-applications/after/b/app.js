const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  splat,
} = require('./express-parity');
const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/x/*rest', (c) => c.json({ b: splat(c, 'rest') }));
serve({ fetch: app.fetch, port: 3000 });
