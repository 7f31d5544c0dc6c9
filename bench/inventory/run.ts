import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';

/** What a running application holds. */
export interface Held {
  status: string;
  routes: string[];
}

/** An application to ask for its routes. */
export interface Asked {
  folder: string;
  /** Relative to the folder; TypeScript is compiled first. */
  entry: string;
  /** The path of `probe.cjs`. */
  probe: string;
  env?: Readonly<Record<string, string>>;
  /**
   * `started`: it runs on Node until it listens. `listed`: its entry exports an application that has a list of its
   * routes, and is loaded alone. `bun`: an application of Elysia, which runs on Bun until it listens.
   */
  way?: 'started' | 'listed' | 'bun';
  /** The program that runs it; this process's by default. */
  program?: string;
}

/**
 * Starts an application until it listens, and gives the routes that its framework holds.
 *
 * @throws Error with the end of what it printed, where it wrote no routes
 */
export async function heldRoutes({ folder, entry, probe, env, way, program }: Asked): Promise<Held> {
  const out = join(folder, 'routes-held.json');
  rmSync(out, { force: true });
  const beside = (name: string) => join(dirname(probe), name);
  const args = {
    started: ['--require', probe, entry],
    listed: [beside('list.mjs'), join(folder, entry)],
    bun: ['--preload', beside('elysia.mjs'), entry],
  }[way ?? 'started'];
  const { all } = await execa(program ?? process.execPath, args, {
    ...{ cwd: folder, all: true, reject: false, timeout: 60_000, killSignal: 'SIGKILL' },
    env: { ROUTES_OUT: out, PORT: '0', ...env },
  });
  if (!existsSync(out)) throw new Error(`${folder} wrote no routes: ${all?.slice(-600)}`);
  const held: Held = JSON.parse(readFileSync(out, 'utf8'));
  if (held.routes.length === 0)
    throw new Error(`${folder} has no routes (${held.status}): ${all?.slice(-600)}`);
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
