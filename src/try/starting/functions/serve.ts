import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MigrateError } from '../../../model/errors.ts';
import type { CloudFunction, Inventory } from '../../../model/inventory.ts';
import type { Start } from '../given.ts';

/** A function that API Gateway calls, with the module of its handler. */
type Served = CloudFunction & { module: string; handler: string };

/** Beside the manifest, which is the root's: paths in handlers' modules are from there. */
const GATEWAY = 'migrate-try-gateway.mjs';
const PROGRAM = 'migrate-try-gateway-program.mjs';
const RUNS = ['.js', '.mjs', '.cjs'];
const COMPILED = ['.ts', '.mts', '.cts', '.tsx'];

/**
 * The functions of the root's manifest that API Gateway calls, where the application is no server of its own: its start
 * script runs no file, or nothing but these functions serves a route. None otherwise.
 */
export function functionsToServe({ functions, entryPoints, routes }: Inventory): Served[] {
  const served = functions.filter(
    (one): one is Served =>
      one.module !== null &&
      one.handler !== null &&
      one.requests.length > 0 &&
      !one.location?.file.includes('/'),
  );
  const isOnlyFunctions = routes.every(({ framework }) => framework === 'aws-lambda');
  const starts = entryPoints.some(
    ({ kind, name, present }) => kind === 'script' && present && /^start/.test(name),
  );
  return isOnlyFunctions || !starts ? served : [];
}

/**
 * Puts functions behind a small gateway in a copy: it makes the events that API Gateway makes of requests, and answers of
 * what handlers give. TypeScript is bundled as Serverless and SAM do it, each beside its source.
 */
export async function serveFunctions(functions: readonly Served[], dir: string): Promise<Start> {
  const modules = new Map<string, string>();
  for (const { module } of functions) {
    if (modules.has(module)) continue;
    const file = await runnable(module, dir);
    if (file === null) return { entry: null, unbuilt: `the handler ${module}` };
    modules.set(module, file);
  }
  const text = [
    `import { serve } from './${PROGRAM}';`,
    'serve([',
    ...functions.map(({ name, handler, module, requests }) => {
      const about = { name, exported: handler.split('.').at(-1), requests };
      return `  { ...${JSON.stringify(about)}, load: () => import('./${modules.get(module)}') },`;
    }),
    ']);',
    '',
  ].join('\n');
  await build({
    ...{
      entryPoints: [fileURLToPath(new URL(`./gateway-program${extname(import.meta.url)}`, import.meta.url))],
    },
    ...{ outfile: join(dir, PROGRAM), bundle: true, format: 'esm', platform: 'node', target: 'node12' },
  });
  await writeFile(join(dir, GATEWAY), text);
  const many = functions.length === 1 ? 'Its function was' : `Its ${functions.length} functions were`;
  return {
    entry: GATEWAY,
    notes: [
      `${many} started behind a local gateway that makes API Gateway’s events; authorizers, layers and other triggers are not checked.`,
    ],
  };
}

/** The file of a handler that a runtime can load: as it is, or bundled; null where there is none. */
async function runnable(module: string, dir: string): Promise<string | null> {
  const own = RUNS.map((end) => module + end).find((path) => existsSync(join(dir, path)));
  if (own !== undefined) return own;
  const source = COMPILED.map((end) => module + end).find((path) => existsSync(join(dir, path)));
  if (source === undefined) return null;
  const isModule = extname(source) === '.mts' || (await isEsm(dir, dirname(source)));
  const outfile = `${module}.migrate-try.${isModule ? 'mjs' : 'cjs'}`;
  try {
    await build({
      ...{ absWorkingDir: dir, entryPoints: [source], outfile, bundle: true, packages: 'external' },
      ...{ platform: 'node', format: isModule ? 'esm' : 'cjs', target: 'node20', logLevel: 'silent' },
    });
  } catch (error) {
    const [first] = error instanceof Error ? error.message.split('\n').slice(1) : [];
    throw new MigrateError('NOT_BUILT', `${source} cannot be bundled: ${first ?? 'it has errors'}.`);
  }
  return outfile;
}

/** Whether the nearest package.json makes files of a folder ES modules. */
async function isEsm(dir: string, folder: string): Promise<boolean> {
  const file = join(dir, folder, 'package.json');
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')).type === 'module';
  return folder !== '.' && isEsm(dir, posix.dirname(folder));
}
