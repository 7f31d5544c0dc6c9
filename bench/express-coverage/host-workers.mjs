// Serves many Workers from few workerd processes: `host-workers.mjs <manifest.json>`, an object { miniflare, date, workers }
// with a list of { id, script }. Each Worker gets a socket of its own. Prints one JSON line for each, then READY.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const say = (value) => process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
const { miniflare, date, workers } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { Miniflare, Log, LogLevel } = await import(pathToFileURL(miniflare).href);

/** Isolates of one workerd process: each takes some tens of megabytes. */
const TOGETHER = 40;
const running = [];

const worker = ({ script }, index) => ({
  name: `case-${index}`,
  modules: [{ type: 'ESModule', path: 'worker.mjs', contents: readFileSync(script, 'utf8') }],
  compatibilityDate: date,
  bindings: { NODE_ENV: 'production', PORT: '0' },
  unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
});

/** A Worker that does not start takes the others of its process with it: halves are tried until it stands alone. */
async function start(some) {
  const server = new Miniflare({
    ...{ host: '127.0.0.1', port: 0, cf: false, telemetry: { enabled: false } },
    log: new Log(LogLevel.NONE),
    handleRuntimeStdio: (output, errors) => void [output, errors].map((each) => each.pipe(process.stderr)),
    workers: some.map(worker),
  });
  try {
    await server.ready;
    for (const [index, { id }] of some.entries()) {
      const { port } = await server.unsafeGetDirectURL(`case-${index}`);
      say({ id, port: Number(port) });
    }
    running.push(server);
  } catch (error) {
    await server.dispose().catch(() => {});
    const half = Math.ceil(some.length / 2);
    if (some.length === 1) return say({ id: some[0].id, error: String(error?.message ?? error) });
    await start(some.slice(0, half));
    await start(some.slice(half));
  }
}

const stop = async () => {
  await Promise.all(running.map((server) => server.dispose()));
  process.exit(0);
};
process.once('SIGTERM', stop);
process.stdin.on('end', stop).resume();

for (let from = 0; from < workers.length; from += TOGETHER) await start(workers.slice(from, from + TOGETHER));
say('READY');
