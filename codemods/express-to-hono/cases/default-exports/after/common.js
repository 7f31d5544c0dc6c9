const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  listensItself,
  notFound,
  poweredBy,
} = require('./express-parity');

const app = (module.exports = listensItself(new Hono(expressRouting())));
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.get('/', (c) => c.html('common'));
serve({ fetch: app.fetch, port: 3001 });
