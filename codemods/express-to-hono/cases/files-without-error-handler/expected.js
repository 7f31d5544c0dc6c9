const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const { serveStatic } = require('./express-parity');

const app = new Hono({ strict: false });

app.use(serveStatic('public'));
app.get('/health', (c) => {
  return c.body(null, 204);
});

serve({ fetch: app.fetch, port: 3000 });
