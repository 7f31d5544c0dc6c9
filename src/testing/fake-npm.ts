import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * An `npm` that knows versions 1.0.0, 2.0.0 and 2.1.0 of every package and "installs" a shell script that prints the
 * version. `FAKE_NPM` makes it fail: `offline`, `full`, `partial` (half a download), `broken` (a binary that does not
 * run). Every call is a line in `calls`.
 */
const PROGRAM = `
const { appendFileSync, mkdirSync, writeFileSync, chmodSync } = require('node:fs');
const { dirname, join } = require('node:path');
const [command, ...args] = process.argv.slice(2);
appendFileSync(join(__dirname, 'calls'), command + '\\n');
const mode = process.env.FAKE_NPM;
const fail = (text) => { process.stderr.write('npm error ' + text + '\\n'); process.exit(1); };
if (mode === 'offline') fail('request to the registry failed, reason: getaddrinfo ENOTFOUND registry');
if (command === 'view') { console.log(JSON.stringify(['1.0.0', '2.0.0', '2.1.0', '3.0.0-beta.1'])); return; }
const prefix = args[args.indexOf('--prefix') + 1];
const [, name, version] = /^(.+)@([^@]+)$/.exec(args.find((one) => one.startsWith('@oven/')));
const file = join(prefix, 'node_modules', name, 'bin', 'bun');
mkdirSync(dirname(file), { recursive: true });
const script = mode === 'broken' ? '#!/bin/sh\\nexit 9\\n' : '#!/bin/sh\\necho ' + version + '\\n';
writeFileSync(file, mode === 'partial' ? script.slice(0, 6) : script);
chmodSync(file, 0o755);
if (mode === 'full') fail('ENOSPC: no space left on device, write');
if (mode === 'partial') process.kill(process.pid, 'SIGKILL');
setTimeout(() => {}, 400);
`;

/** Puts the program into `dir`/bin and returns that folder (all of PATH a test needs) and a reader of its calls. */
export async function writeFakeNpm(dir: string): Promise<{ path: string; calls(): Promise<string[]> }> {
  const path = join(dir, 'bin');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'npm'), `#!${process.execPath}\n${PROGRAM}`);
  await chmod(join(path, 'npm'), 0o755);
  return {
    path,
    calls: async () =>
      (await readFile(join(path, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean),
  };
}
