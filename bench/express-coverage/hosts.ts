import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { execa } from 'execa';
import { satisfies } from 'semver';
import type { ProvisionedRuntime } from '../../src/runtimes/index.ts';
import { bundleAll } from './workers.ts';

/** An application of a case as files, ready to be started. */
export interface Placed {
  id: string;
  express?: 4 | 5;
  /** Names in `node_modules` of packages that are there in several releases. */
  installedAs?: Readonly<Record<string, string>>;
  entry: string;
  tree: ReadonlyMap<string, string>;
  modules: ReadonlyMap<string, string>;
}

/** Ports of the applications that listen, and why the others do not. */
export interface Hosted {
  ports: ReadonlyMap<string, number>;
  failed: ReadonlyMap<string, string>;
  /** Errors that no application caught. */
  escaped: string[];
  stop(): Promise<void>;
}

/**
 * Writes applications under a folder. Each has a `node_modules` of its own with exactly what its package.json asks for,
 * so that a dependency the codemod forgot is found. Files get one fixed date: it shows in `Last-Modified`.
 *
 * @param compile TypeScript is bundled to one file beside it, for a runtime that does not run it itself
 */
export async function place(
  root: string,
  folder: string,
  all: readonly Placed[],
  compile: boolean,
): Promise<string> {
  const manifest: { id: string; entry: string }[] = [];
  await mkdir(folder, { recursive: true });
  for (const { id, express, installedAs = { express: `express${express}` }, entry, tree, modules } of all) {
    const home = join(folder, id);
    for (const [path, text] of tree) {
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), text);
      await utimes(join(home, path), WRITTEN, WRITTEN);
    }
    const typescript = entry.endsWith('.ts');
    const { dependencies = {}, devDependencies = {} } = JSON.parse(tree.get('package.json') ?? '{}');
    const wanted = typescript ? { ...devDependencies, ...dependencies } : dependencies;
    for (const [name, text] of modules) await writeModule(join(home, 'node_modules', name), name, text);
    for (const [name, range] of Object.entries<string>(wanted)) {
      if (modules.has(name)) continue;
      await installPackage(
        join(root, 'node_modules'),
        join(home, 'node_modules', name),
        name,
        range,
        installedAs,
      );
    }
    const started = typescript && compile ? await compiled(home, entry, tree) : entry;
    manifest.push({ id, entry: join(home, started) });
  }
  const file = join(folder, 'manifest.json');
  await writeFile(file, JSON.stringify(manifest));
  return file;
}

async function compiled(home: string, entry: string, tree: ReadonlyMap<string, string>): Promise<string> {
  const { type } = JSON.parse(tree.get('package.json') ?? '{}');
  const [name, format] = type === 'module' ? (['app.mjs', 'esm'] as const) : (['app.cjs', 'cjs'] as const);
  try {
    await build({
      ...{ absWorkingDir: home, entryPoints: [entry], outfile: name, format },
      ...{ bundle: true, packages: 'external', platform: 'node', logLevel: 'silent' },
    });
  } catch (error) {
    // It fails when it is started, as one that another runtime reads itself, and the others go on.
    await writeFile(join(home, name), `throw new Error(${JSON.stringify(String(error))});\n`);
  }
  return name;
}

async function writeModule(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
  await writeFile(join(folder, 'index.js'), text);
}

const WRITTEN = new Date('2026-01-01T00:00:00Z');

async function installPackage(
  modules: string,
  target: string,
  name: string,
  range: string,
  installedAs: Readonly<Record<string, string>>,
): Promise<void> {
  const own = installedAs[name] ?? name;
  const version = range.replace(/^npm:.*@/, '');
  const frameworks = Object.values(installedAs);
  const candidates = [
    ...frameworks.map((each) => join(modules, each, 'node_modules', own)),
    join(modules, own),
  ];
  const facts = (path: string) => JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const found = candidates.find((path) => existsSync(path) && satisfies(facts(path).version, version));
  if (found === undefined) throw new Error(`${name}@${range} is not installed`);
  await mkdir(dirname(target), { recursive: true });
  // A link resolves its peers where it points to; what has a framework as a peer must meet the one of the application.
  const peers = Object.keys(facts(found).peerDependencies ?? {});
  if (!peers.some((each) => each in installedAs)) await symlink(found, target);
  else {
    await cp(found, target, { recursive: true });
    for (const inner of Object.keys(facts(found).dependencies ?? {})) {
      const link = join(target, 'node_modules', inner);
      await mkdir(dirname(link), { recursive: true });
      if (!existsSync(link)) await symlink(join(modules, inner), link);
    }
  }
}

const ARGUMENTS: Record<string, string[]> = {
  node: [],
  bun: ['run', '--no-install'],
  deno: [
    'run',
    '--allow-all',
    '--no-prompt',
    '--no-lock',
    '--node-modules-dir=manual',
    '--cached-only',
    '--sloppy-imports',
  ],
};

/** What has to be known of a runtime to start cases on it. */
export type HostRuntime = Pick<ProvisionedRuntime, 'binary' | 'version' | 'home'> & {
  spec: { name: string };
};

/** How long the applications of a manifest may take to start, ms: all of them, and each one of them more. */
const START_LIMIT = { all: 300_000, each: 2_000 };

/**
 * Starts every application of a manifest, in one process of a runtime. They run as in production, so that error pages
 * carry no stack. For Workers they are bundled first, and Miniflare serves them from the Node that runs this.
 *
 * @param first a module to load before them, not for Workers
 */
export async function startHost(
  root: string,
  runtime: HostRuntime,
  manifest: string,
  first?: string,
): Promise<Hosted> {
  const workers = runtime.spec.name === 'workers';
  const failed = new Map<string, string>();
  const list = workers ? await bundleAll(runtime, manifest, failed) : manifest;
  const program = join(root, 'bench', 'express-coverage', workers ? 'host-workers.mjs' : 'host.mjs');
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' };
  const child = execa(
    workers ? process.execPath : runtime.binary,
    [...(ARGUMENTS[runtime.spec.name] ?? []), program, list, ...(first === undefined ? [] : [first])],
    {
      cwd: dirname(manifest),
      env: workers ? { ...env, MINIFLARE_WORKERD_PATH: runtime.binary, TMPDIR: dirname(manifest) } : env,
      reject: false,
      buffer: false,
      stderr: { file: `${manifest}.stderr` },
    },
  );
  const ports = new Map<string, number>();
  const escaped: string[] = [];
  let ready = false;
  const { length } = JSON.parse(await readFile(manifest, 'utf8'));
  // Not SIGKILL at once: it would leave the workerd processes behind.
  const late = setTimeout(() => child.kill(), START_LIMIT.all + length * START_LIMIT.each);
  await new Promise<void>((resolve) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      if (line === 'READY') {
        ready = true;
        resolve();
      }
      if (!line.startsWith('{')) return;
      const { id, port, error, escaped: lost } = JSON.parse(line);
      if (lost !== undefined) escaped.push(`${id}: ${lost}`);
      else if (error === undefined) ports.set(id, port);
      else failed.set(id, error);
    });
    lines.on('close', resolve);
  });
  clearTimeout(late);
  if (!ready) {
    const last = (await readFile(`${manifest}.stderr`, 'utf8')).trim().split('\n').slice(-5).join('\n');
    throw new Error(`The applications did not start on ${runtime.spec.name}: ${last}`);
  }
  return {
    ...{ ports, failed, escaped },
    stop: async () => {
      child.stdin.end();
      const end = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await child;
      clearTimeout(end);
    },
  };
}
