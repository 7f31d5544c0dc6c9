const { Readable } = require('node:stream');
const { Hono } = require('hono');

const app = new Hono({ strict: false });

app.get('/lines', (c) => {
  c.header('Content-Type', 'text/plain; charset=utf-8');
  return c.body(Readable.toWeb(Readable.from(['a\n', 'b\n'], { objectMode: false })));
});

const server = Deno.serve({ port: Number(process.env.PORT ?? 0), hostname: '::', onListen: ({ port }) => console.log('listening on', port) }, app.fetch);

process.on('SIGTERM', () => server.shutdown());
