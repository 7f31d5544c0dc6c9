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
  redirect,
} = require('./express-parity');

const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);

app.get('/', (c) => redirect(c, '/notes'));
app.get('/notes', (c) => {
  return c.json([]);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
