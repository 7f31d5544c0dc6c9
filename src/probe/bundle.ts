import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
/** The same from source and built. */
const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** A file of ours as a program imports it. */
export const own = (path: string): string => JSON.stringify(join(here, path + ending));

/** How a module is loaded in a probing program. Bun 1.2 does not start one that names a module that it has not got. */
function load(module: string, isWorker: boolean): string {
  if (module.startsWith('(')) return 'async () => ({})';
  return isWorker
    ? `() => import(${JSON.stringify(`node:${module}`)})`
    : `() => import(['node', ${JSON.stringify(module)}].join(':'))`;
}

/** The text of a program that runs the checks of one file of `subjects/`. */
export const checkProgram = (file: string, module: string, isWorker: boolean): Promise<string> =>
  bundle(
    isWorker
      ? `import subject from ${own(`subjects/${file}`)};\nimport { inWorker } from ${own('inside/worker')};\nexport default inWorker(subject, ${load(module, isWorker)});\n`
      : `import subject from ${own(`subjects/${file}`)};\nimport { inProcess } from ${own('inside/process')};\nawait inProcess(subject, ${load(module, isWorker)});\n`,
  );

/** The text of a program that tells what modules export: of its own builtins where none are named, those of Node. */
export function presenceProgram(modules: readonly string[] | null, isWorker: boolean): Promise<string> {
  if (modules === null)
    return bundle(
      `import { builtinModules } from 'node:module';\nimport { presence } from ${own('inside/process')};\nconst names = [...builtinModules, 'sea', 'sqlite', 'test', 'test/reporters'].map((one) => one.replace('node:', '')).filter((one) => one !== 'sys' && !one.startsWith('_'));\nawait presence(Object.fromEntries(names.map((one) => [one, () => import('node:' + one)])));\n`,
    );
  const loads = `{ ${modules.map((name) => `${JSON.stringify(name)}: ${load(name, isWorker)}`).join(', ')} }`;
  return bundle(
    isWorker
      ? `import { presenceInWorker } from ${own('inside/worker')};\nexport default presenceInWorker(${loads});\n`
      : `import { presence } from ${own('inside/process')};\nawait presence(${loads});\n`,
  );
}

/** A program in one file, but for what its runtime or a `node_modules` brings. */
export async function bundle(contents: string, resolveDir = here): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    ...{ bundle: true, write: false, format: 'esm', platform: 'node', target: 'es2022', logLevel: 'silent' },
    packages: 'external',
  });
  return outputFiles[0]?.text ?? '';
}
