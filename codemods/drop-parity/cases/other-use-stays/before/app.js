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
app.use(poweredBy(), contentLength(), charset());
const tagged = etag();
app.use('/notes/*', tagged);
app.notFound(notFound);
app.onError(errorPage);

app.get('/notes', (c) => c.json([]));

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
