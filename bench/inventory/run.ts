import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';

/** What a running application holds. */
export interface Held {
  status: string;
  routes: string[];
}

/**
 * Starts an application until it listens, and gives the routes that its framework holds.
 *
 * @param entry relative to its folder; TypeScript is compiled file by file first
 * @param isListed the entry exports an application that has a list of its routes: it is loaded, and not started
 * @throws Error with the end of what it printed, where it wrote no routes
 */
export async function heldRoutes(
  folder: string,
  entry: string,
  probe: string,
  env: Readonly<Record<string, string>> = {},
  isListed = false,
): Promise<Held> {
  const node = process.execPath;
  const out = join(folder, 'routes-held.json');
  rmSync(out, { force: true });
  const list = probe.replace(/probe\.cjs$/, 'list.mjs');
  const args = isListed ? [list, join(folder, entry)] : ['--require', probe, entry];
  const { all } = await execa(node, args, {
    ...{ cwd: folder, all: true, reject: false, timeout: 60_000, killSignal: 'SIGKILL' },
    env: { ROUTES_OUT: out, PORT: '0', ...env },
  });
  if (!existsSync(out)) throw new Error(`${folder} wrote no routes: ${all?.slice(-600)}`);
  const held: Held = JSON.parse(readFileSync(out, 'utf8'));
  if (held.status === 'failed') throw new Error(`${folder} failed: ${all?.slice(-600)}`);
  return held;
}

/** Compiles TypeScript as tsc would for CommonJS with decorators, each file by itself; gives the entry's new path. */
export async function compiled(folder: string, entry: string, sources: readonly string[]): Promise<string> {
  if (!entry.endsWith('.ts')) return entry;
  await build({
    ...{
      absWorkingDir: folder,
      entryPoints: [...sources],
      outdir: 'compiled',
      outbase: '.',
      format: 'cjs',
      platform: 'node',
    },
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false, target: 'es2022' },
    },
  });
  writeFileSync(join(folder, 'compiled', 'package.json'), '{"type":"commonjs"}\n');
  return join('compiled', entry.replace(/\.ts$/, '.js'));
}

/** Lets a folder load the packages of another one. */
export function lendPackages(from: string, to: string): void {
  mkdirSync(dirname(join(to, 'node_modules')), { recursive: true });
  if (!existsSync(join(to, 'node_modules')))
    symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
}
