// Starts many applications in one process: `host.mjs <manifest.json> [<first>]`, a list of { id, entry }. Each one listens
// on the port it finds in PORT when it is loaded; the module `first` is loaded before all. Prints one JSON line for each,
// then READY.
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const say = (value) => process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);

/** Errors that escape an application must not end the others. */
let current = '';
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => say({ id: current, escaped: String(error?.stack ?? error) }));
}
console.error = () => {};
console.log = () => {};

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** A module that never ends loading must not keep the others from starting. */
const tooLate = () =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error('it is not loaded after 20 s')), 20_000).unref();
  });

const [, , manifest, first] = process.argv;
if (first !== undefined) await import(pathToFileURL(first).href);
for (const { id, entry } of JSON.parse(readFileSync(manifest, 'utf8'))) {
  current = id;
  try {
    const port = await freePort();
    process.env.PORT = String(port);
    await Promise.race([import(pathToFileURL(entry).href), tooLate()]);
    let up = await listens(port);
    for (let turn = 0; turn < 40 && !up; turn++) {
      await new Promise((resume) => setTimeout(resume, 25));
      up = await listens(port);
    }
    say(up ? { id, port } : { id, error: 'it does not listen on the port in PORT' });
  } catch (error) {
    say({ id, error: String(error?.stack ?? error) });
  }
}
say('READY');
process.stdin.on('end', () => process.exit(0)).resume();
