import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Found, Ground } from './serve.ts';

/** A folder inside the ground, with these files and the ground's packages. */
function folder({ dir }: Ground, files: Record<string, string>, options = { packages: true }): string {
  const made = mkdtempSync(join(dir, 'run-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(made, path, '..'), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  if (options.packages) symlinkSync(join(dir, 'node_modules'), join(made, 'node_modules'));
  return made;
}

async function binaryOf({ runtimes }: Ground, spec: string): Promise<string> {
  const { binary } = await runtimes.provisionRuntime(await runtimes.parseSpec(spec), {});
  return binary;
}

/** Runs a program in an environment of its own and gives what it printed, or its first error line. */
async function printed(
  cwd: string,
  [program = '', ...args]: readonly string[],
  env: Record<string, string> = {},
) {
  const base = { PATH: process.env.PATH ?? '', HOME: cwd, NO_COLOR: '1' };
  const ran = await execa(program, args, {
    cwd,
    env: { ...base, ...env },
    extendEnv: false,
    reject: false,
    timeout: 60_000,
  });
  const error = ran.stderr.split('\n').find((line) => /error/i.test(line)) ?? ran.stderr.split('\n')[0] ?? '';
  return ran.exitCode === 0 ? ran.stdout.trim() : `exit ${ran.exitCode}: ${error.trim().slice(0, 160)}`;
}

const RUN: Record<string, readonly string[]> = { node: [], bun: ['run'], deno: ['run', '-A'] };
const runWords = (spec: string): readonly string[] => RUN[spec.split('@')[0] ?? ''] ?? [];

/** Which `.env` files are read, by NODE_ENV: each file sets a variable named after itself. */
export async function environmentFiles(ground: Ground, spec: string): Promise<Found> {
  const names = ['', '.local', '.development', '.development.local', '.production', '.test', '.staging'];
  const files = Object.fromEntries(
    names.map((name) => [`.env${name}`, `FILE_env${name.replaceAll('.', '_')}=1\nWHO=env${name}\n`]),
  );
  const show =
    "console.log([process.env.WHO ?? 'none', ...Object.keys(process.env).filter((name) => name.startsWith('FILE_')).sort()].join(' '));\n";
  const dir = folder(ground, {
    ...files,
    'show.cjs': show,
    'off/bunfig.toml': 'env = false\n',
    'off/show.cjs': show,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`off/${name}`, text])),
  });
  const binary = await binaryOf(ground, spec);
  const found: Found = {};
  for (const mode of [undefined, 'development', 'production', 'test', 'staging']) {
    const env: Record<string, string> = mode === undefined ? {} : { NODE_ENV: mode };
    found[`NODE_ENV=${mode ?? '(not set)'}`] = await printed(
      dir,
      [binary, ...runWords(spec), 'show.cjs'],
      env,
    );
  }
  if (spec.startsWith('bun')) {
    const staging = { NODE_ENV: 'staging' };
    found['staging, --no-env-file'] = await printed(
      dir,
      [binary, 'run', '--no-env-file', 'show.cjs'],
      staging,
    );
    found['staging, bunfig.toml env = false'] = await printed(
      join(dir, 'off'),
      [binary, 'run', 'show.cjs'],
      staging,
    );
  }
  return found;
}

/** Which runtime runs a program that begins with `#!/usr/bin/env node`, by how it is started. */
export async function shebang(ground: Ground, spec: string): Promise<Found> {
  const program = "#!/usr/bin/env node\nconsole.log(process.versions.bun ? 'bun' : 'node');\n";
  const dir = folder(ground, {
    'package.json': '{ "scripts": { "path": "./seed.js", "file": "node seed.js", "bun": "bun seed.js" } }',
    'seed.js': program,
  });
  await execa('chmod', ['+x', join(dir, 'seed.js')]);
  const bun = await binaryOf(ground, spec);
  const path = { PATH: `${join(bun, '..')}:${process.env.PATH}` };
  const ways: Record<string, string[]> = {
    'bun run path (./seed.js)': ['run', '--silent', 'path'],
    'bun --bun run path (./seed.js)': ['--bun', 'run', '--silent', 'path'],
    'bun run file (node seed.js)': ['run', '--silent', 'file'],
    'bun --bun run file (node seed.js)': ['--bun', 'run', '--silent', 'file'],
    'bun run bun (bun seed.js)': ['run', '--silent', 'bun'],
    'bun seed.js': ['seed.js'],
  };
  const found: Found = {};
  for (const [name, args] of Object.entries(ways)) found[name] = await printed(dir, [bun, ...args], path);
  return found;
}

/** Whether `emitDecoratorMetadata` reaches the program: what a constructor asks for, as a container reads it. */
export async function decorators(ground: Ground, spec: string): Promise<Found> {
  const compilerOptions = { experimentalDecorators: true, emitDecoratorMetadata: true, module: 'esnext' };
  const dir = folder(ground, {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions }),
    'deno.json': JSON.stringify({
      nodeModulesDir: 'manual',
      compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true },
    }),
    'main.ts':
      "import 'reflect-metadata';\nclass Store {}\nfunction Injectable() { return (target: any) => target; }\n@Injectable()\nclass Service { constructor(private readonly store: Store) {} }\nconst given = (Reflect as any).getMetadata('design:paramtypes', Service);\nconsole.log(given ? 'metadata: ' + given.map((one: any) => one.name) : 'no metadata');\n",
  });
  const binary = await binaryOf(ground, spec);
  const found: Found = {};
  found[`${spec.split('@')[0]} main.ts`] = await printed(dir, [binary, ...runWords(spec), 'main.ts']);
  if (spec.startsWith('node')) {
    found['node --import tsx main.ts'] = await printed(dir, [binary, '--import', 'tsx', 'main.ts']);
    const bundled = await execa(
      join(dir, 'node_modules/.bin/esbuild'),
      ['main.ts', '--format=esm', '--outfile=out.mjs'],
      { cwd: dir, reject: false },
    );
    found['esbuild, then node'] =
      bundled.exitCode === 0 ? await printed(dir, [binary, 'out.mjs']) : bundled.stderr.slice(0, 120);
    await execa(
      join(dir, 'node_modules/.bin/tsc'),
      ['--outDir', 'built', '--skipLibCheck', '--target', 'es2022', '--moduleResolution', 'bundler'],
      { cwd: dir, reject: false },
    );
    found['tsc, then node'] = await printed(dir, [binary, 'built/main.js']);
  }
  return found;
}

/** Requests by worker: a primary with four workers on one port, 400 requests on connections of their own. */
export async function clusters(ground: Ground, spec: string): Promise<Found> {
  const dir = folder(ground, {
    'package.json': '{ "type": "commonjs" }',
    'main.js': readFileSync(join(ground.dir, 'cluster-main.cjs'), 'utf8'),
  });
  return {
    'requests by worker': await printed(dir, [await binaryOf(ground, spec), ...runWords(spec), 'main.js']),
  };
}

/** What `bun install` keeps of another package manager's pins. */
export async function pins(ground: Ground, spec: string): Promise<Found> {
  const bun = await binaryOf(ground, spec);
  const base = { name: 'pins', version: '1.0.0', private: true, dependencies: { express: '4.21.0' } };
  const kinds: Record<string, object> = {
    'npm overrides': { overrides: { qs: '6.11.0' } },
    'yarn resolutions': { resolutions: { qs: '6.11.0' } },
    'pnpm.overrides': { pnpm: { overrides: { qs: '6.11.0' } } },
    'npm overrides, nested': { overrides: { 'body-parser': { qs: '6.11.0' } } },
  };
  const found: Found = {};
  for (const [kind, fields] of Object.entries(kinds)) {
    const dir = folder(
      ground,
      { 'package.json': JSON.stringify({ ...base, ...fields }) },
      { packages: false },
    );
    const installed = await printed(dir, [bun, 'install', '--ignore-scripts']);
    found[kind] = installed.startsWith('exit') ? installed : versionOf(dir, 'qs');
  }
  const locked = folder(
    ground,
    { 'package.json': JSON.stringify({ ...base, dependencies: { express: '^4.17.0' } }) },
    { packages: false },
  );
  await execa(
    'npm',
    [
      'install',
      'express@4.17.3',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--package-lock-only',
      '--save-exact=false',
    ],
    { cwd: locked },
  );
  cpSync(join(locked, 'package-lock.json'), join(locked, 'package-lock.json.before'));
  writeFileSync(
    join(locked, 'package.json'),
    JSON.stringify({ ...base, dependencies: { express: '^4.17.3' } }),
  );
  await printed(locked, [bun, 'install', '--ignore-scripts']);
  found['package-lock.json says express 4.17.3'] = `express ${versionOf(locked, 'express')}`;
  const patched = folder(
    ground,
    {
      'package.json': JSON.stringify({
        ...base,
        dependencies: { qs: '6.11.0' },
        pnpm: { patchedDependencies: { 'qs@6.11.0': 'patches/qs@6.11.0.patch' } },
      }),
      'patches/qs@6.11.0.patch':
        "diff --git a/lib/index.js b/lib/index.js\nindex 1..2 100644\n--- a/lib/index.js\n+++ b/lib/index.js\n@@ -1,3 +1,4 @@\n+// patched\n 'use strict';\n \n var stringify = require('./stringify');\n",
    },
    { packages: false },
  );
  await printed(patched, [bun, 'install', '--ignore-scripts']);
  const text = readFileSync(join(patched, 'node_modules/qs/lib/index.js'), 'utf8');
  found['pnpm.patchedDependencies'] = text.startsWith('// patched') ? 'patched' : 'not patched';
  return found;
}

const versionOf = (dir: string, name: string): string =>
  (JSON.parse(readFileSync(join(dir, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version;
