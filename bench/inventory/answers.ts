import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fillTemplate } from '../../src/shadow/sources/_template.ts';
import { readServers } from '../../src/workspace/server/read.ts';
import { loadModules } from '../../src/workspace/syntax/modules.ts';
import { folders } from './cases.ts';

/** A request that a plain server was sent, and whether it answered it with more than that there is nothing. */
export interface Answered {
  method: string;
  path: string;
  status: number;
  answered: boolean;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** Asks every case of a plain server for each path that its text names or that is read of it, by each method. */
export async function writeAnswers(root: string, scratch: string): Promise<void> {
  const fixtures = join(root, 'src', 'workspace', 'server', 'readers', 'http', '__fixtures__');
  const cases: Record<string, Answered[]> = {};
  for (const name of folders(fixtures)) {
    const folder = join(scratch, 'cases', 'http', name);
    cpSync(join(fixtures, name), folder, { recursive: true });
    cases[name] = await ask(folder, await pathsOf(folder));
    process.stdout.write(
      `http ${name}: ${cases[name].filter(({ answered }) => answered).length} requests answered\n`,
    );
  }
  const truth = { asOf: new Date().toISOString().slice(0, 10), node: process.version, cases };
  writeFileSync(join(fixtures, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
}

async function pathsOf(folder: string): Promise<string[]> {
  const paths = new Set(['/', '/nothing', '/nothing/below']);
  const files = ['app.js', ...['notes.js', 'handlers.js']];
  const read = async (path: string) => {
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch {
      return null;
    }
  };
  for (const file of files)
    for (const [, path = ''] of ((await read(file)) ?? '').matchAll(/['" `](\/[\w/-]*)['"`]/g))
      paths.add(path);
  const { routes } = readServers(
    await loadModules({ root: folder, paths: [...files, 'package.json'], read }),
  );
  for (const { path } of routes) {
    const filled = fillTemplate(path, {});
    if (filled !== null) paths.add(filled.path);
  }
  return [...paths].sort();
}

async function ask(folder: string, paths: readonly string[]): Promise<Answered[]> {
  const port = await freePort();
  return whileRunning({ folder, args: ['app.js'], port }, async () => {
    const found: Answered[] = [];
    for (const path of paths)
      for (const method of METHODS) {
        const { status } = await fetch(`http://127.0.0.1:${port}${path}`, { method });
        found.push({ method, path, status, answered: status !== 404 && status !== 405 });
      }
    return found;
  });
}

/** A server of Node's own, and how it is started: its port is told by `PORT`, or is the one that it always has. */
interface Started {
  folder: string;
  args: readonly string[];
  port: number;
  env?: Readonly<Record<string, string>>;
}

async function whileRunning<T>({ folder, args, port, env }: Started, run: () => Promise<T>): Promise<T> {
  const server: ChildProcess = spawn(process.execPath, [...args], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), ...env },
    stdio: 'ignore',
  });
  try {
    await listening(port);
    return await run();
  } finally {
    server.kill();
  }
}

/**
 * Asks a plain server that we did not write. It answers a request where it says something else than to the same method
 * on a path that nobody knows: some of them have a page, and a status of their own, for what is not there.
 */
export async function askPublic(started: Started, paths: readonly string[]): Promise<Answered[]> {
  return whileRunning(started, async () => {
    const found: Answered[] = [];
    const says = async (method: string, path: string) => {
      const answer = await fetch(`http://127.0.0.1:${started.port}${path}`, {
        ...{ method, redirect: 'manual', signal: AbortSignal.timeout(3_000) },
        ...(/^(GET|DELETE)$/.test(method)
          ? {}
          : { body: '{}', headers: { 'content-type': 'application/json' } }),
      }).catch(() => null);
      const text = await answer?.text().catch(() => '');
      return {
        status: answer?.status ?? 0,
        text: path === '/' ? (text ?? '') : (text ?? '').replaceAll(path, ''),
      };
    };
    for (const method of METHODS) {
      const nothing = await says(method, '/nobody-knows-this/path');
      for (const path of paths) {
        const said = await says(method, path);
        const answered = said.status !== nothing.status || said.text !== nothing.text;
        found.push({ method, path, status: said.status, answered });
      }
    }
    return found;
  });
}

export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on ${port}`);
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
