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

function counter() {
  let count = 0;
  const router = new Hono();
  router.get('/', (c) => c.json({ count: ++count }));
  return router;
}

const mounted = new Hono();
const app = new Hono(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
const mounted2 = counter();
app.route('/a', mounted2);
app.route('/b', mounted2);
app.route('/c', mounted);
app.route('/d', mounted);
serve({ fetch: app.fetch, port: 3000 });
