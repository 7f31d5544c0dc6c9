import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isolatedCopy } from '../shadow/index.ts';

/** Loaded before the application, in a module of its own: what an entry imports runs before the entry. */
const LISTEN = `import { Server } from 'node:http';

/** The ports that the application's own servers listen on, in the order they were opened. */
export const ports = [];
const { listen } = Server.prototype;
Server.prototype.listen = function (...given) {
  const callback = given.findLast((one) => typeof one === 'function');
  // Any port of its own does: nothing is bound in a Worker.
  const server = callback ? listen.call(this, 0, callback) : listen.call(this, 0);
  ports.push(server.address().port);
  return server;
};
`;

const workerText = (entry: string) => `import { handleAsNodeRequest } from 'cloudflare:node';
import { ports } from './${LISTEN_FILE}';
import './${entry}';

// What waits for nothing but promises that are there already is done by then.
for (let turn = 0; turn < 50 && ports.length === 0; turn++) await null;
if (ports.length === 0)
  throw new Error(
    'it calls listen() only after waiting for something, and a Worker cannot wait for others while it loads',
  );

export default { fetch: (request) => handleAsNodeRequest(ports[0], request) };
`;

const LISTEN_FILE = 'migrate-try-listen.mjs';
const WORKER_FILE = 'migrate-try-worker.mjs';

/** What the bridge needs beside `nodejs_compat`, which every Worker is started with. Source: developers.cloudflare.com/workers/runtime-apis/nodejs/http, 2026-11-28. */
const FLAGS = ['enable_nodejs_http_server_modules'];

/**
 * A scratch copy in which a Worker hands every request to the application's own server, through the platform's Node server
 * bridge. The application's code is as it is. Where it is a Worker already, it stays the one it is.
 *
 * @param entry the file that production starts
 * @returns the copy's folder, and the file that Workers start there
 */
export async function bridged(
  dir: string,
  entry: string,
  into: string,
  signal: AbortSignal,
): Promise<{ dir: string; entry: string | undefined }> {
  const copy = await isolatedCopy(dir, into, signal);
  if (['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'].some((name) => existsSync(join(copy, name))))
    return { dir: copy, entry: undefined };
  await writeFile(join(copy, LISTEN_FILE), LISTEN);
  await writeFile(join(copy, WORKER_FILE), workerText(entry));
  const settings = {
    main: WORKER_FILE,
    compatibility_flags: FLAGS,
    // CommonJS has these in every module; a bundle has none of them.
    define: { __dirname: '"/bundle"', __filename: '"/bundle/worker.js"' },
  };
  await writeFile(join(copy, 'wrangler.json'), `${JSON.stringify(settings, null, 2)}\n`);
  return { dir: copy, entry: WORKER_FILE };
}
