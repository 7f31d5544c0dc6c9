import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { recordingIo } from '../../testing/io.ts';
import { main } from '../main.ts';

export const CLI = fileURLToPath(new URL('../../../dist/src/cli.js', import.meta.url));
export const MANIFEST = '{"name":"shop","main":"app.js","dependencies":{"express":"4.22.3"}}';
export const APP = `const express = require('express');
export const app = express();
app.get('/hello', (req, res) => res.json({ hello: 'you' }));
app.listen(process.env.PORT);
`;
export const REQUEST = { method: 'GET', url: 'http://localhost/hello', headers: [] };
export const RESPONSE = { status: 200, statusText: 'OK', headers: [], content: {} };
export const har = (...entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } });
export const TRAFFIC = har({ request: REQUEST, response: RESPONSE });

export let scratch: string;
export let root: string;
export const environment = { ...process.env };
/** Gives each test of the file that calls it a folder and the environment as it was. */
export function scratchForEach(): void {
  beforeEach(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-bad-')));
    root = join(scratch, 'shop');
    mkdirSync(root);
    writeFileSync(join(scratch, 'traffic.har'), TRAFFIC);
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    rmSync(scratch, { recursive: true, force: true });
  });
}

export type Content = string | Uint8Array | { link: string };

export function put(files: Record<string, Content>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, file);
    else writeFileSync(file, content);
  }
}

export function commit(): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'x');
}

/** Every file outside git's and our own folder, with its bytes; links by where they lead. */
export function tree(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (entry.isFile() && !/^\.(git|migrate)\//.test(path))
      found[path] = readFileSync(join(root, path), 'latin1');
  }
  return found;
}

export async function migrate(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { io, printed } = recordingIo(root);
  const code = await main(args, io);
  return { code, out: printed.out.join('\n'), err: printed.notes.join('\n') };
}

export const shadow = (dir = root, traffic = join(scratch, 'traffic.har')) => [
  ...['shadow', 'run', '--old', `node:${dir}`, '--new', `node:${dir}`, '--traffic', traffic],
  ...['--out', join(scratch, 'out'), '--start-timeout', '8000'],
];
export const CODEMOD = ['codemod', 'run', 'express-to-hono'];

export const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

