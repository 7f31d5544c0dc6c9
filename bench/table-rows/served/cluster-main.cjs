const cluster = require('node:cluster');
const http = require('node:http');

const WORKERS = 4;
const REQUESTS = 400;

if (cluster.isPrimary) {
  const ids = new Map();
  let ready = 0;
  for (let at = 0; at < WORKERS; at++) cluster.fork();
  cluster.on('message', async (_worker, message) => {
    if (typeof message.port !== 'number' || ++ready < WORKERS) return;
    for (let at = 0; at < REQUESTS; at++) {
      const id = await new Promise((done, failed) => {
        http
          .get({ port: message.port, host: '127.0.0.1', agent: false }, (answer) => {
            answer.on('data', (data) => done(String(data)));
          })
          .on('error', failed);
      });
      ids.set(id, (ids.get(id) ?? 0) + 1);
    }
    console.log([...ids.values()].sort((a, b) => b - a).join(' '));
    process.exit(0);
  });
} else {
  const port = Number(process.env.PROBE_PORT ?? 38917);
  http
    .createServer((_, response) => response.end(String(process.pid)))
    .listen(port, '127.0.0.1', () => process.send({ port }));
}
