import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Held } from './run.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];

/**
 * The routes that a build of Next serves: its manifests name the files, and what each file of an `app` folder exports
 * are its methods. Source: `.next/server/app-paths-manifest.json` and `pages-manifest.json`, Next 12 to 16.
 */
export async function builtRoutes(folder: string): Promise<Held> {
  const server = join(folder, '.next', 'server');
  if (!existsSync(server)) throw new Error('next build made nothing');
  const apps = manifest(join(server, 'app-paths-manifest.json'));
  const routes = Object.keys(manifest(join(server, 'pages-manifest.json')))
    .filter((path) => path === '/api' || path.startsWith('/api/'))
    .map((path) => `ALL ${path}`);
  for (const [path, file] of Object.entries(apps)) {
    if (!path.endsWith('/route')) continue;
    const url = path
      .slice(0, -'/route'.length)
      .split('/')
      .filter((part) => !/^\(.*\)$|^@/.test(part))
      .join('/');
    for (const method of await methodsOf(folder, join(server, file))) routes.push(`${method} ${url || '/'}`);
  }
  return { status: 'built', routes: routes.sort() };
}

const manifest = (path: string): Record<string, string> =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};

/** The methods that a built file exports, asked in a process of its own: it may start what it needs. */
async function methodsOf(folder: string, file: string): Promise<string[]> {
  const next = createRequire(join(folder, 'package.json')).resolve('next/package.json');
  const script = `require(${JSON.stringify(join(next, '..', 'dist/server/node-environment.js'))});
Promise.resolve(require(${JSON.stringify(file)})).then((made) => {
  process.stdout.write('\\nMETHODS ' + Object.keys(made.routeModule.userland).join(' ') + '\\n');
  process.exit(0);
});`;
  const { stdout, stderr } = await execa(process.execPath, ['-e', script], {
    cwd: folder,
    reject: false,
    timeout: 30_000,
  });
  const said = /^METHODS (.*)$/m.exec(stdout)?.[1];
  if (said === undefined) throw new Error(`${file} did not load: ${stderr.slice(-300)}`);
  return said.split(' ').filter((name) => METHODS.includes(name));
}
