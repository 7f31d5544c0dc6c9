import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { z } from 'zod';
import { clone, extract } from '../field-test/prepare.ts';
import { PublicApplication } from '../public-applications.ts';

/** The first figures of an application. */
export const HeldOut = z.strictObject({ held: z.int(), missed: z.int(), extra: z.int() });
export type HeldOut = z.infer<typeof HeldOut>;

/** A public application whose framework is asked for its routes. */
export const RoutedApplication = PublicApplication.extend({
  framework: z.string(),
  /** The folder of the repository that is the application. */
  folder: z.string().default('.'),
  /** Commands that build it, after its packages are installed. */
  prepare: z.array(z.string()).default([]),
  /** A TypeScript entry that is bundled to `bundle.mjs`, its packages left out. */
  bundle: z.string().optional(),
  entry: z.string().default(''),
  /** The text of a module that is written as the entry: it exports an application that the repository only starts. */
  make: z.string().optional(),
  /** The entry is a plugin that Fastify's own command starts. */
  plugin: z.boolean().default(false),
  /** The entry exports an application that has a list of its routes. */
  listed: z.boolean().default(false),
  /** Packages that a run without databases and compiled addons does without; see `probe.cjs`. */
  standIns: z.array(z.string()).default([]),
  /** Paths that are left out: data that no code reads. */
  without: z.array(z.string()).default([]),
  /** What production needs is installed alone. */
  production: z.boolean().default(false),
  /** Its lock names a registry that is no longer there. */
  withoutLock: z.boolean().default(false),
  /** Dependencies by other versions: the registry has none that the manifest asks for. */
  versions: z.record(z.string(), z.string()).default({}),
  env: z.record(z.string(), z.string()).default({}),
  /** What runs it, where the Node that runs this is too old, or it is written for Bun: `node@24`, `bun`. */
  runtime: z.string().optional(),
  /** A plain server: the port that it listens on, and requests that show its routes with what its data has. */
  port: z.int().optional(),
  asks: z.array(z.string()).default([]),
  /** How `migrate try` starts it, where that takes more than its environment. */
  tried: z
    .strictObject({
      /** Commands once, in the folder as it is installed: addons that are built, databases that are made. */
      prepare: z.array(z.string()).default([]),
      /** Options of the command. */
      args: z.array(z.string()).default([]),
      /** Beside the application's own; null takes one of those away. */
      env: z.record(z.string(), z.string().nullable()).default({}),
    })
    .prefault({}),
  /** First figures, taken before a reader was mended by what they showed. */
  heldOut: HeldOut.optional(),
});
export type RoutedApplication = z.infer<typeof RoutedApplication>;

/** Stands where an application is installed and built. */
const INSTALLED = '.installed';

/** Puts an application into a folder as it is at its commit. */
export async function fetched(app: RoutedApplication, clones: string, scratch: string): Promise<string> {
  const folder = join(scratch, 'sources', app.name);
  if (existsSync(folder)) return folder;
  await extract(await clone(app, clones), app, folder);
  await execa('git', ['init', '--quiet'], { cwd: folder });
  await execa('git', ['add', '--all', '--force'], { cwd: folder });
  return folder;
}

/**
 * An application with its packages, built. Scripts of its packages are not run, and its folder is kept: a second run
 * installs nothing.
 */
export async function installed(
  app: RoutedApplication,
  clones: string,
  scratch: string,
  fonts: string,
): Promise<string> {
  const folder = join(scratch, 'installed', app.name);
  if (!existsSync(join(folder, INSTALLED))) await install(app, clones, folder, fonts);
  return folder;
}

async function install(app: RoutedApplication, clones: string, folder: string, fonts: string): Promise<void> {
  const env = { ...app.env, NEXT_FONT_GOOGLE_MOCKED_RESPONSES: fonts };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await extract(await clone(app, clones), app, folder);
  if (app.withoutLock)
    for (const name of readdirSync(folder))
      if (/^(package-lock\.json|yarn\.lock)$/.test(name)) rmSync(join(folder, name));
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  // What Elysia stands on are its peers, which Bun installs.
  if (app.runtime !== 'bun') flags.push('--legacy-peer-deps');
  // Left out by `--omit` they would be looked for all the same.
  if (app.production)
    await execa('npm', ['pkg', 'delete', 'devDependencies', 'optionalDependencies'], { cwd: folder });
  for (const [name, version] of Object.entries(app.versions))
    await execa('npm', ['pkg', 'set', `dependencies[${name}]=${version}`], { cwd: folder });
  const install = (more: string[]) =>
    execa('npm', ['install', ...flags, ...more], { cwd: folder, timeout: 600_000 });
  // Peers that contradict each other are installed all the same.
  await install([]).catch(() => install(['--force']));
  for (const command of app.prepare) await execa('sh', ['-c', command], { cwd: folder, env, reject: false });
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
  writeFileSync(join(folder, INSTALLED), '');
}
