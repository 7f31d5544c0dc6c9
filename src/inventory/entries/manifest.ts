import type { EntryPoint } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import { isRecord, type Manifest, said, stringEntries } from '../manifests.ts';
import { parseConfig } from '../readers/json.ts';
import { invocationsThrough } from './script-calls.ts';
import type { SourceFinder } from './sources.ts';
import { processFilesOf, startedFiles } from './started.ts';

/** Scripts that start an application rather than a task. */
const STARTS = /^(start|serve|dev|prod)($|[:-])/;

/** What a package.json names: `main`, `exports`, `bin`, and the files that its start and development scripts run. */
export async function manifestEntries(
  repository: Repository,
  manifest: Manifest,
  finder: SourceFinder,
): Promise<EntryPoint[]> {
  const entryPoints: EntryPoint[] = [];
  const { raw, folder } = manifest;
  const add = async (kind: EntryPoint['kind'], name: string, file: string, path: (string | number)[]) => {
    const written = [folder, file.replace(/^\.\//, '')].filter(Boolean).join('/');
    entryPoints.push({ ...said(manifest, ...path), kind, name, ...(await finder.find(written, folder)) });
  };
  for (const kind of ['main', 'module'] as const) {
    const value = raw[kind];
    if (typeof value === 'string') await add(kind, kind, value, [kind]);
  }
  for (const { name, file, path } of exportTargets(raw.exports))
    await add('exports', name, file, ['exports', ...path]);
  if (typeof raw.bin === 'string') await add('bin', String(raw.name ?? 'bin'), raw.bin, ['bin']);
  for (const [name, file] of stringEntries(raw.bin)) await add('bin', name, file, ['bin', name]);
  const scripts = new Map(stringEntries(raw.scripts));
  for (const [name, command] of scripts) {
    if (!STARTS.test(name)) continue;
    // One that starts by its own name is an entry of its own.
    const run = invocationsThrough(command, scripts, (called) => !STARTS.test(called));
    for (const file of new Set(startedFiles(run))) await add('script', name, file, ['scripts', name]);
    for (const file of processFilesOf(command))
      for (const started of await processFiles(repository, [folder, file].filter(Boolean).join('/')))
        await add('script', name, started, ['scripts', name]);
  }
  return entryPoints;
}

/** Files behind `exports`, with the conditions that lead to them: `. > import`. Patterns and blocked paths have no file. */
function exportTargets(
  value: unknown,
  path: string[] = [],
): { name: string; file: string; path: string[] }[] {
  if (typeof value === 'string')
    return value.includes('*') ? [] : [{ name: path.join(' > ') || '.', file: value, path }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => exportTargets(inner, [...path, key]));
}

/** The `script` of each application of a pm2 file. */
async function processFiles(repository: Repository, file: string): Promise<string[]> {
  const text = repository.has(file) ? await repository.read(file) : null;
  if (text === null || /\.ya?ml$/.test(file)) return [];
  const config = parseConfig(text);
  const apps: unknown[] = Array.isArray(config.apps) ? config.apps : [config];
  return apps.flatMap((app) => (isRecord(app) && typeof app.script === 'string' ? [app.script] : []));
}
