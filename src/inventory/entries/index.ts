import type { EntryPoint } from '../../model/inventory.ts';
import type { Repository } from '../../workspace/repository.ts';
import type { Manifest } from '../manifests.ts';
import { dockerEntries, procfileEntries } from './commands.ts';
import { cloudFunctions } from './functions.ts';
import { manifestEntries } from './manifest.ts';
import { nxEntries } from './nx.ts';
import { sourceFinder } from './sources.ts';

/** Everything that starts the application or is loaded by its name, with the source behind it. */
export async function readEntryPoints(
  repository: Repository,
  manifests: readonly Manifest[],
): Promise<EntryPoint[]> {
  const finder = sourceFinder(repository);
  const entryPoints = await dockerEntries(repository, finder);
  for (const manifest of manifests)
    entryPoints.push(...(await manifestEntries(repository, manifest, finder)));
  entryPoints.push(...(await nxEntries(repository)));
  entryPoints.push(...(await procfileEntries(repository, finder)));
  for (const { functions } of await cloudFunctions(repository, finder)) {
    for (const { name, handler, file, ...rest } of functions) {
      const { location, known, snippet } = rest;
      entryPoints.push({
        ...{ location, known, ...(snippet !== undefined && { snippet }) },
        kind: 'function',
        name,
        file: file ?? handler ?? name,
        present: file !== null,
        source: file,
      });
    }
  }
  return entryPoints;
}
