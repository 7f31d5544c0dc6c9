const { Hono } = require('hono');
const { flagged } = require('./lib/flagged');
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
app.use(flagged);
app.get('/', (c) => c.html('home'));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
