import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { freePort, listening } from './answers.ts';
import type { Held } from './run.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
type Environment = Readonly<Record<string, string>>;

/**
 * The routes that a build of Next serves: its manifests name the files, and what each file of an `app` folder exports
 * are its methods. One that is built for an edge runtime does not load in Node: there the server is asked by each method,
 * and says 405 of those it has not. Source: `app-paths-manifest.json` and `pages-manifest.json` in `.next/server`, Next 12
 * to 16.
 */
export async function builtRoutes(folder: string, env: Environment): Promise<Held> {
  const server = join(folder, '.next', 'server');
  if (!existsSync(server)) throw new Error('next build made nothing');
  const apps = manifest(join(server, 'app-paths-manifest.json'));
  const routes = Object.keys(manifest(join(server, 'pages-manifest.json')))
    .filter((path) => path === '/api' || path.startsWith('/api/'))
    .map((path) => `ALL ${path}`);
  const toAsk: string[] = [];
  for (const [path, file] of Object.entries(apps)) {
    if (!path.endsWith('/route')) continue;
    const parts = path.slice(0, -'/route'.length).split('/');
    const url = parts.filter((part) => !/^\(.*\)$|^@/.test(part)).join('/') || '/';
    const methods = await methodsOf(folder, join(server, file), env);
    if (methods === null) toAsk.push(url);
    else routes.push(...methods.map((method) => `${method} ${url}`));
  }
  if (toAsk.length > 0) routes.push(...(await askEach(folder, toAsk, env)));
  return { status: 'built', routes: routes.sort() };
}

const manifest = (path: string): Record<string, string> =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};

/** The methods that a built file exports, asked in a process of its own; null where it does not load. */
async function methodsOf(folder: string, file: string, env: Environment): Promise<string[] | null> {
  const next = createRequire(join(folder, 'package.json')).resolve('next/package.json');
  const environment = JSON.stringify(join(next, '..', 'dist', 'server', 'node-environment.js'));
  const script = `try { require(${environment}) } catch {}
Promise.resolve(require(${JSON.stringify(file)})).then((made) => {
  process.stdout.write('\\nMETHODS ' + Object.keys(made.routeModule.userland).join(' ') + '\\n');
  process.exit(0);
});`;
  const { stdout } = await execa(process.execPath, ['-e', script], {
    ...{ cwd: folder, env, reject: false, timeout: 30_000 },
  });
  const said = /^METHODS (.*)$/m.exec(stdout)?.[1];
  return said?.split(' ').filter((name) => METHODS.includes(name)) ?? null;
}

async function askEach(folder: string, urls: readonly string[], env: Environment): Promise<string[]> {
  const port = await freePort();
  const program = join(folder, 'node_modules', 'next', 'dist', 'bin', 'next');
  const server = spawn(process.execPath, [program, 'start', '-p', String(port)], {
    ...{ cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore' },
  });
  try {
    await listening(port);
    const found: string[] = [];
    for (const url of urls)
      for (const method of METHODS) {
        if (method === 'HEAD' || method === 'OPTIONS') continue;
        const path = url.replace(/\[+(?:\.\.\.)?\w+\]+/g, '1');
        const { status } = await fetch(`http://127.0.0.1:${port}${path}`, { method, redirect: 'manual' });
        if (status !== 405) found.push(`${method} ${url}`);
      }
    return found;
  } finally {
    server.kill();
  }
}
