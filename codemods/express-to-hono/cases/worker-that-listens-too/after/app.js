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
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/hello', (c) => c.json({ hello: 'world' }));
serve({ fetch: app.fetch, port: process.env.PORT || 3000, overrideGlobalObjects: false });

module.exports = app;
