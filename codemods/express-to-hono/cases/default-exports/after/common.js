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
module.exports.use(poweredBy(), etag(), contentLength(), charset());
module.exports.notFound(notFound);
module.exports.onError(errorPage);
app.get('/', (c) => c.html('common'));
serve({ fetch: app.fetch, port: 3001 });
