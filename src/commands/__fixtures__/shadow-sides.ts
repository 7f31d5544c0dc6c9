import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { recordingIo } from '../../testing/io.ts';
import { main } from '../main.ts';

const APP = `
const http = require('node:http');
const fs = require('node:fs');
http.createServer((req, res) => {
  if (req.method === 'POST') fs.writeFileSync('state.txt', String(process.pid));
  if (req.url === '/die' && DIES) process.exit(3);
  const body = JSON.stringify({ dir: __dirname, greeting: 'hello' });
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
}).listen(process.env.PORT, '127.0.0.1');
`;

const ON_26 = "process.versions.node.startsWith('26.')";
const ON_22 = "process.versions.node.startsWith('22.')";

/** Where the sides and their traffic are: folders of applications, each named for what it does. */
export let root: string;

/** Makes the folder for the tests of the file that calls it. */
export function sidesForAll(): void {
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'shadow-command-')));
    const apps = {
      right: `const DIES = false;${APP}`,
      wrong: `const DIES = false;${APP.replace("'hello'", "'hullo'")}`,
      dying: `const DIES = true;${APP}`,
      broken: "throw new Error('no such luck');",
      picky: `const DIES = ${ON_26};${APP}`,
      outgrown: `const DIES = ${ON_22};${APP}`,
      late: `if (${ON_22}) throw new Error('too old for me');${APP.replace('DIES', 'false')}`,
      fussy: `if (${ON_26}) throw new Error('not on this one');${APP.replace('DIES', 'false')}`,
    };
    const twins = { 'picky-too': apps.picky, 'fussy-too': apps.fussy };
    for (const [name, source] of Object.entries({ ...apps, ...twins })) {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, 'package.json'), '{"name":"a","type":"commonjs","main":"server.js"}');
      writeFileSync(join(root, name, 'server.js'), source);
    }
    const entry = (method: string, path: string) => ({
      request: { method, url: `http://localhost:3000${path}`, headers: [] },
      response: { status: 200, statusText: 'OK', headers: [], content: {} },
    });
    const har = (...entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } });
    writeFileSync(
      join(root, 'traffic.har'),
      har(entry('GET', '/a'), entry('POST', '/b'), entry('GET', '/die'), entry('GET', '/c')),
    );
    const deadly = ['/die', '/a', '/die', '/die', '/c'];
    writeFileSync(join(root, 'deadly.har'), har(...deadly.map((path) => entry('GET', path))));
    writeFileSync(join(root, 'cut.har'), har(entry('GET', '/a')).slice(0, -8));
    writeFileSync(join(root, 'empty.har'), har());
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
}

/** Runs a command in the folder of the sides; it is interrupted at the first progress that `abort` picks. */
export async function migrate(args: string[], abort?: (text: string) => boolean) {
  const stop = new AbortController();
  const { io, printed } = recordingIo(root, {
    signal: stop.signal,
    progress: (text) => {
      if (text !== null && abort?.(text)) stop.abort();
    },
  });
  const code = await main(args, io);
  return { code, text: printed.said.join('\n'), documents: printed.documents };
}

/** The arguments of a run of `right` against another side, on Node. */
export const shadowRun = (next: string, ...more: string[]) => {
  const traffic = more.includes('--traffic') ? [] : ['--traffic', 'traffic.har'];
  return ['shadow', 'run', '--old', 'node:right', '--new', `node:${next}`, ...traffic, ...more];
};
