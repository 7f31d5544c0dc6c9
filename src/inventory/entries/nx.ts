import { posix } from 'node:path';
import type { EntryPoint } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import { evidenceAt } from '../evidence.ts';
import { isRecord } from '../manifests.ts';
import { parseConfig } from '../readers/json.ts';

/** What starts a built program of Node. Source: nx.dev, `@nx/js:node` and its older names. */
const STARTS = /^(?:@nx|@nrwl)\/(?:js|node):(?:node|execute)$/;

/**
 * The programs of Node among the projects of an Nx workspace: a project that `serve` starts on Node, by the `main` of its
 * build, or by `main.ts` of its sources, where Nx's generators put it.
 */
export async function nxEntries(repository: Repository): Promise<EntryPoint[]> {
  if (!repository.has('nx.json')) return [];
  const entryPoints: EntryPoint[] = [];
  for (const file of repository.files.filter((path) => /(^|\/)project\.json$/.test(path))) {
    const text = await repository.read(file);
    const { name, targets, sourceRoot } = text === null ? {} : parseConfig(text);
    if (text === null || !isRecord(targets)) continue;
    const folder = posix.dirname(file);
    const isProgram = Object.values(targets).some(
      (each) => isRecord(each) && typeof each.executor === 'string' && STARTS.test(each.executor),
    );
    const build = isRecord(targets.build) && isRecord(targets.build.options) ? targets.build.options : {};
    const root = typeof sourceRoot === 'string' ? sourceRoot : posix.join(folder, 'src');
    const source = typeof build.main === 'string' ? build.main : posix.join(root, 'main.ts');
    if (!isProgram || !repository.has(source)) continue;
    const output = typeof build.outputPath === 'string' ? build.outputPath : posix.join('dist', folder);
    entryPoints.push({
      ...evidenceAt(file, text, Math.max(text.indexOf('"targets"'), 0), 'heuristic'),
      kind: 'main',
      name: typeof name === 'string' ? name : posix.basename(folder),
      file: posix.join(output, 'main.js'),
      present: false,
      source,
    });
  }
  return entryPoints;
}
