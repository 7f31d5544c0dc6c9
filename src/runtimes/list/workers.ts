import type { Runtime } from '../contract.ts';
import { compatibility, dateOf } from '../workers/compatibility.ts';
import { startWorker } from '../workers/start.ts';
import { storedObjects } from '../workers/stored.ts';
import { readWranglerFile } from '../workers/wrangler-file.ts';

const OS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const CPU: Record<string, string> = { x64: '64', arm64: 'arm64' };

const workers: Runtime = {
  name: 'workers',
  title: 'Cloudflare Workers (workerd)',
  description:
    'V8 isolates at the edge, run locally by workerd with R2, KV and D1 in Miniflare; no account, no network.',
  homepage: 'https://developers.cloudflare.com/workers',
  rangeKind: 'compatibility-date',
  listed: ['workers'],
  limits: [
    {
      what: 'node:fs is a memory file system of one request; child_process, worker_threads, vm, cluster and eval throw.',
      source: 'measured on workerd 2026-11-17',
      asOf: '2026-11-23',
    },
    {
      what: 'Compatibility dates before 2026-03-17 lack Node modules that bundled packages ask for (node:tty, node:os).',
      source: 'measured on workerd 2026-11-17 with eleven dates',
      asOf: '2026-11-23',
    },
  ],
  source({ os, cpu, libc }) {
    const target = OS[os];
    const machine = CPU[cpu];
    if (!target || !machine || (os === 'win32' && cpu !== 'x64'))
      return `workerd has no build for ${os} on ${cpu}.`;
    if (libc === 'musl') return 'workerd has no build for musl (Alpine): use a glibc image.';
    return {
      // Miniflare 5 is a beta with other options. npm picks the newest 4 that supports the Node it runs on.
      packages: [{ name: `@cloudflare/workerd-${target}-${machine}` }, { name: 'miniflare', range: '4' }],
      executable: os === 'win32' ? 'bin/workerd.exe' : 'bin/workerd',
    };
  },
  satisfies: (version, range) => range === undefined || dateOf(version) >= range,
  versionArgs: ['--version'],
  identity: (version, range) => compatibility(range ?? dateOf(version)),
  ownRange: async (dir) => (await readWranglerFile(dir))?.compatibility_date,
  egressLimit: () => null,
  stored: storedObjects,
  command: startWorker,
};

export default workers;
