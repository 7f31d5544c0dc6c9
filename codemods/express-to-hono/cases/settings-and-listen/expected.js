const { Hono } = require('hono');
const { serve } = require('@hono/node-server');

const app = new Hono({ strict: false });


app.get('/a', (c) => c.json({}));

const port = process.env.PORT || 3000;
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => console.log(`on ${port}`));

module.exports = app;
// Bun serves what its entry exports by default, unless that can be stopped.
Object.assign(module.exports, { stop() {} });
