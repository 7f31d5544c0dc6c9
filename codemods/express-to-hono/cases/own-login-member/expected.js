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
app.use(async (c, next) => {
  c.set('isAuthenticated', () => c.req.header('x-user') === 'kim');
  await next();
});
app.get('/me', (c) => {
  if (!c.get('isAuthenticated')()) return c.text('Unauthorized', 401);
  return c.html('kim');
});
serve({ fetch: app.fetch, port: 3000 });
