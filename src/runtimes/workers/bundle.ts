import { readFile, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { type BuildFailure, build, type Message, type Plugin } from 'esbuild';
import { MigrateError } from '../../model/errors.ts';
import type { WranglerFile } from './wrangler-file.ts';

/** CommonJS packages keep `require('node:…')`, which workerd's module loader has only through createRequire. */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire('/');\n";

/** Bare builtins become `node:…`, the only form workerd knows for all of them. */
const nodePrefix: Plugin = {
  name: 'node-prefix',
  setup({ onResolve }) {
    onResolve({ filter: /^[a-z_]+(\/[a-z_]+)*$/ }, ({ path }) =>
      isBuiltin(path) ? { path: `node:${path}`, external: true } : undefined,
    );
  },
};

/** The parts of a Wrangler configuration that change a bundle. */
export type BundleSettings = Partial<Pick<WranglerFile, 'define' | 'alias'>>;

/**
 * Bundles a Worker into `<folder>/worker.mjs`, the one module workerd is given.
 *
 * @returns the file's path
 * @throws MigrateError ENTRY_NOT_RUNNABLE when the sources do not bundle or the entry has no default export
 */
export async function bundleWorker(
  dir: string,
  entry: string,
  folder: string,
  settings: BundleSettings = {},
): Promise<string> {
  const result = await build({
    absWorkingDir: dir,
    entryPoints: [join(dir, entry)],
    outfile: join(folder, 'worker.mjs'),
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2024',
    // Node's field and condition order (packages' browser builds assume a DOM), after the ones made for Workers.
    platform: 'node',
    conditions: ['workerd', 'worker', 'module'],
    mainFields: ['module', 'main'],
    external: ['node:*', 'cloudflare:*', 'workerd:*'],
    loader: { '.txt': 'text', '.html': 'text', '.sql': 'text', '.bin': 'binary' },
    define: settings.define ?? {},
    alias: settings.alias ?? {},
    plugins: [nodePrefix],
    keepNames: true,
    logLevel: 'silent',
  }).catch((failure: BuildFailure) => {
    const [first] = failure.errors ?? [];
    throw new MigrateError(
      'ENTRY_NOT_RUNNABLE',
      `${entry} cannot be bundled for Workers: ${first ? said(first) : failure.message}.`,
      {
        hint: (failure.errors ?? []).slice(1, 5).map(said).join('\n  ') || undefined,
        cause: failure,
      },
    );
  });
  const [exported] = Object.values(result.metafile.outputs).map((output) => output.exports);
  // Of a CommonJS entry esbuild makes a default export, also where the entry exports nothing.
  const exportsNothing = !/\bexports?\b/.test(await readFile(join(dir, entry), 'utf8'));
  if (!exported?.includes('default') || exportsNothing) {
    throw new MigrateError(
      'ENTRY_NOT_RUNNABLE',
      `${entry} has no default export, and Workers need one to call.`,
      {
        hint: 'Export the application from it (`export default app` for Hono); a server that only calls listen() is never asked.',
      },
    );
  }
  const text = result.outputFiles[0]?.text ?? '';
  const path = join(folder, 'worker.mjs');
  await writeFile(path, /\b__require\(/.test(text) ? REQUIRE + text : text);
  return path;
}

const said = ({ text, location }: Message): string =>
  location ? `${location.file}:${location.line}:${location.column + 1} ${text}` : text;
