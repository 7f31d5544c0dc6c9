const { Hono } = require('hono');
const { getConnInfo } = require('hono/bun');
const { conditionalGet } = require('./express-parity');

const app = new Hono({ strict: false });
app.use(conditionalGet());

app.get('/who', (c) => c.json({ ip: getConnInfo(c).remote.address }));

const PORT = process.env.PORT || 3000;

const server = Bun.serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1', idleTimeout: 0 });
queueMicrotask(() => {
  // For the logs.
  const { port } = server;
  console.log(`listening on ${port}`);
});

process.on('SIGTERM', () => {
  server.stop().then(() => process.exit(0));
});
