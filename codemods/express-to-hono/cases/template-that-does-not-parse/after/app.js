const { Hono } = require('hono');
const { serve } = require('@hono/node-server');
const app = new Hono({ strict: false });
app.get('/healthz', (c) => c.json({ status: 'ok' }));
serve({ fetch: app.fetch, port: process.env.PORT || 3000 });
