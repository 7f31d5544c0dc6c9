const path = require('path');
const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const { errorPage } = require('./http/errors');
const router = new Hono();

const app = new Hono({ strict: false });
app.notFound((c) => c.text('Not Found', 404));
app.onError(errorPage);

router.get('/', (c) => {
  return c.json({ file: path.basename('/a/b.txt') });
});
app.route('/', router);
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0) });
