import type { CloudFunction, Framework, Service } from '../model/inventory.ts';
import type { Repository } from '../workspace/repository.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import { startedBy } from './entries/started.ts';
import { FRAMEWORKS } from './frameworks.ts';
import { isRecord, type Manifest, said, stringEntries } from './manifests.ts';
import { APART } from './reach/roles.ts';
import { isTestFile } from './reach/test-files.ts';
import { jsonPlaces } from './readers/json.ts';

/** A package of the repository, whether a workspace names it or not. */
interface Candidate {
  manifest: Manifest;
  isOwn: boolean;
}

/**
 * The packages of a repository that run by themselves, when there are some besides the root. A workspace is one when it
 * loads a server framework or holds functions; one that no workspace names, when it depends on a framework.
 */
export async function findServices(
  repository: Repository,
  manifests: readonly Manifest[],
  modules: Modules,
  frameworks: readonly Framework[],
  functions: readonly CloudFunction[],
): Promise<Service[]> {
  const candidates: Candidate[] = manifests.map((manifest) => ({ manifest, isOwn: true }));
  const own = new Set(manifests.map(({ folder }) => folder));
  // The packages inside a program that is installed to make others are what it copies.
  const copies = manifests.some(({ folder, raw }) => folder === '' && raw.bin !== undefined);
  for (const { folder, json } of modules.packages) {
    const isPackage = 'dependencies' in json || 'scripts' in json;
    if (copies || own.has(folder) || !isPackage || isTestFile(`${folder}/`) || APART.test(`${folder}/`))
      continue;
    const file = folder === '' ? 'package.json' : `${folder}/package.json`;
    const text = (await repository.read(file)) ?? '{}';
    candidates.push({
      manifest: { file, folder, raw: json, text, places: jsonPlaces(text) },
      isOwn: false,
    });
  }
  const found = candidates.flatMap((candidate): Service[] => {
    const { manifest } = candidate;
    const reason = whatRuns(candidate, frameworks, functions, manifests);
    if (reason === null) return [];
    const name = typeof manifest.raw.name === 'string' ? manifest.raw.name : manifest.folder;
    return [
      {
        ...said(manifest, ...reason.path),
        ...(candidate.isOwn ? {} : { known: 'heuristic' as const }),
        name,
        folder: manifest.folder || '.',
        what: reason.what,
      },
    ];
  });
  return found.some(({ folder }) => folder !== '.') ? found : [];
}

function whatRuns(
  { manifest, isOwn }: Candidate,
  frameworks: readonly Framework[],
  functions: readonly CloudFunction[],
  manifests: readonly Manifest[],
): { what: string; path: string[] } | null {
  const { folder, raw, file } = manifest;
  const loaded = frameworks.find(({ location }) => location?.file === file);
  if (loaded) return { what: loaded.name, path: ['dependencies', loaded.package] };
  const declared = stringEntries(raw.dependencies).find(([name]) => Object.hasOwn(FRAMEWORKS, name));
  if (!isOwn && declared)
    return { what: FRAMEWORKS[declared[0]] ?? declared[0], path: ['dependencies', declared[0]] };
  const holds = functions.some(({ location }) => {
    const at = location?.file ?? '';
    const nearest = manifests
      .filter((each) => each.folder === '' || at.startsWith(`${each.folder}/`))
      .sort((a, b) => b.folder.length - a.folder.length)[0];
    return isOwn ? nearest === manifest : at.startsWith(`${folder}/`);
  });
  if (holds) return { what: 'AWS Lambda functions', path: ['name'] };
  // A worker without a framework: what its `start` runs is a program of its own.
  const scripts = isRecord(raw.scripts) ? raw.scripts : {};
  const start = typeof scripts.start === 'string' ? scripts.start : '';
  return folder !== '' && raw.bin === undefined && startedBy(start).length > 0
    ? { what: 'a program its start script runs', path: ['scripts', 'start'] }
    : null;
}
