const { Hono } = require('hono');
const { serve } = require('@hono/node-server');

const app = new Hono({ strict: false });

app.get('/', (c) => c.json({ ok: true }));

const server = serve({ fetch: app.fetch, port: 3000 });
server.on('error', (error) => process.exit(error.code === 'EADDRINUSE' ? 2 : 1));
