import { readdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { WranglerFile } from './wrangler-file.ts';

/** A file beside the script that workerd serves under `/bundle/<path>`, where node:fs reads it. */
export interface AdditionalModule {
  type: 'Text' | 'Data' | 'CompiledWasm';
  path: string;
  file: string;
}

const TYPES = ['Text', 'Data', 'CompiledWasm'] as const;

/**
 * The files a Wrangler configuration deploys with the script: those under `base_dir` (by default the entry's folder)
 * that match a rule, when `find_additional_modules` is on. That `Data` and `Text` modules are readable with node:fs
 * under `/bundle`, with an mtime of 1970, was measured on workerd 2026-11-17.
 */
export async function additionalModules(
  dir: string,
  entry: string,
  config: WranglerFile | null,
): Promise<AdditionalModule[]> {
  if (!config?.find_additional_modules || !config.rules) return [];
  const base = join(dir, config.base_dir ?? dirname(entry));
  const rules = config.rules.flatMap(({ type, globs }) =>
    TYPES.filter((known) => known === type).map((known) => ({ type: known, patterns: globs.map(pattern) })),
  );
  const files = await filesUnder(base, '');
  return files.flatMap((path) => {
    const rule = rules.find(({ patterns }) => patterns.some((one) => one.test(path)));
    return rule ? [{ type: rule.type, path, file: join(base, path) }] : [];
  });
}

async function filesUnder(base: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(base, folder), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesUnder(base, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** `**` crosses folders, `*` and `?` do not, as in Wrangler's rules. */
function pattern(glob: string): RegExp {
  const source = glob
    .replace(/^\.\//, '')
    .replace(/[.+^$(){}|[\]\\]/g, '\\$&')
    .replace(
      /\*\*\/|\*\*|\*|\?/g,
      (part) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' })[part] ?? '[^/]',
    );
  return new RegExp(`^${source}$`);
}
