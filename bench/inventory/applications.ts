import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { z } from 'zod';
import { clone, extract } from '../field-test/prepare.ts';
import { PublicApplication } from '../public-applications.ts';
import { type Held, heldRoutes } from './run.ts';

/** A public application whose framework is asked for its routes. */
export const RoutedApplication = PublicApplication.extend({
  framework: z.string(),
  /** Commands that build it, after its packages are installed. */
  prepare: z.array(z.string()).default([]),
  /** A TypeScript entry that is bundled to `bundle.mjs`, its packages left out. */
  bundle: z.string().optional(),
  entry: z.string(),
  /** The entry is a plugin that Fastify's own command starts. */
  plugin: z.boolean().default(false),
  /** The entry exports an application that has a list of its routes. */
  listed: z.boolean().default(false),
  /** Packages that a run without databases and compiled addons does without; see `probe.cjs`. */
  standIns: z.array(z.string()).default([]),
  /** Its lock names a registry that is no longer there. */
  withoutLock: z.boolean().default(false),
  env: z.record(z.string(), z.string()).default({}),
  /** Node's release, where the one that runs this is too old. */
  node: z.int().optional(),
});
export type RoutedApplication = z.infer<typeof RoutedApplication>;

/** Puts an application into a folder as it is at its commit. */
export async function fetched(app: RoutedApplication, clones: string, scratch: string): Promise<string> {
  const folder = join(scratch, 'sources', app.name);
  if (existsSync(folder)) return folder;
  await extract(await clone(app, clones), { commit: app.commit, folder: '.' }, folder);
  await execa('git', ['init', '--quiet'], { cwd: folder });
  await execa('git', ['add', '--all', '--force'], { cwd: folder });
  return folder;
}

/**
 * The routes that a public application holds once it has started. Scripts of its packages are not run, and its folder
 * is kept: a second run installs nothing.
 */
export async function heldOf(
  app: RoutedApplication,
  clones: string,
  scratch: string,
  probe: string,
  nodeOf: (release: number) => Promise<string>,
): Promise<Held> {
  const folder = join(scratch, 'installed', app.name);
  if (!existsSync(join(folder, 'node_modules'))) await install(app, clones, folder);
  const entry = app.plugin ? started(folder, app.entry) : app.entry;
  const env = { ...app.env, ...(app.standIns.length > 0 && { STAND_INS: app.standIns.join(',') }) };
  const node = app.node === undefined ? process.execPath : await nodeOf(app.node);
  return heldRoutes({ folder, entry, probe, env, isListed: app.listed, node });
}

async function install(app: RoutedApplication, clones: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await extract(await clone(app, clones), { commit: app.commit, folder: '.' }, folder);
  if (app.withoutLock)
    for (const name of readdirSync(folder))
      if (/^(package-lock\.json|yarn\.lock)$/.test(name)) rmSync(join(folder, name));
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
  await execa('npm', ['install', ...flags], { cwd: folder, timeout: 300_000 });
  for (const command of app.prepare) await execa('sh', ['-c', command], { cwd: folder, reject: false });
  if (app.bundle !== undefined)
    await build({
      ...{
        absWorkingDir: folder,
        entryPoints: [app.bundle],
        outfile: 'bundle.mjs',
        bundle: true,
        platform: 'node',
      },
      ...{ format: 'esm', packages: 'external', logLevel: 'error' },
    });
}

/** A file that registers a plugin on an application and starts it, as Fastify's own command does. */
function started(folder: string, plugin: string): string {
  const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  writeFileSync(
    join(folder, 'started.mjs'),
    [
      "import Fastify from 'fastify';",
      type === 'module'
        ? `import plugin from './${plugin}';`
        : `import { createRequire } from 'node:module';\nconst plugin = createRequire(import.meta.url)('./${plugin}');`,
      'const app = Fastify({ pluginTimeout: 0 });',
      'app.register(plugin);',
      'await app.listen({ port: 0 });',
      '',
    ].join('\n'),
  );
  return 'started.mjs';
}
