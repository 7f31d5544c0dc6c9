import { subject } from '../contract.ts';
import { event, same } from '../inside/seen.ts';

const WORKER =
  "const { createServer } = require('http');\ncreateServer((q, s) => s.end('worker')).listen(Number(process.env.OWN_PORT) || 0, '127.0.0.1');\n";

export default subject<typeof import('node:cluster')>('cluster', {
  isPrimary: ({ default: cluster }) => same([cluster.isPrimary, cluster.isWorker], [true, false]),
  fork: async ({ default: cluster }, { scratch }) => {
    const { writeFileSync } = await import('node:fs');
    const file = `${scratch}/worker.cjs`;
    writeFileSync(file, WORKER);
    cluster.setupPrimary({ exec: file, silent: true });
    const worker = cluster.fork();
    try {
      const [, address] = await event(cluster, 'listening');
      const { port } = address as { port: number };
      const text = await (await fetch(`http://127.0.0.1:${port}/`)).text();
      return same(text, 'worker');
    } finally {
      worker.process.kill('SIGKILL');
    }
  },
  'fork online': async ({ default: cluster }, { scratch }) => {
    const { writeFileSync } = await import('node:fs');
    const file = `${scratch}/waits.cjs`;
    writeFileSync(file, 'setInterval(() => {}, 1000);\n');
    cluster.setupPrimary({ exec: file, silent: true });
    const worker = cluster.fork();
    try {
      await event(worker, 'online');
      return undefined;
    } finally {
      worker.process.kill('SIGKILL');
    }
  },
  setupPrimary: ({ default: cluster }) => {
    cluster.setupPrimary({ exec: 'probed.cjs' });
    return same(cluster.settings.exec, 'probed.cjs');
  },
});
