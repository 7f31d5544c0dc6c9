import type { ProvisionedRuntime } from '../../model/runtime.ts';
import { listRuntimes } from '../registry.ts';
import { cachedVersions } from './cache.ts';
import { programsOnPath } from './on-path.ts';
import { currentPlatform, platformName } from './platform.ts';
import { describe } from './provision.ts';

/** Every version of every runtime that is here: in the cache, and on PATH. Workers with the newest date they support. */
export async function installedRuntimes(): Promise<ProvisionedRuntime[]> {
  const platform = platformName(currentPlatform());
  const found: ProvisionedRuntime[] = [];
  for (const runtime of await listRuntimes()) {
    const spec = (version: string) => ({
      name: runtime.name,
      range: version,
      raw: `${runtime.name}@${version}`,
    });
    const dated = runtime.rangeKind === 'compatibility-date';
    const own = { name: runtime.name, raw: runtime.name };
    for (const one of await cachedVersions(runtime.name, platform))
      found.push(describe(runtime, dated ? own : spec(one.version), one, 'cache'));
    for (const one of runtime.onPath ? await programsOnPath(runtime.onPath) : [])
      if (!found.some(({ spec: { name }, version }) => name === runtime.name && version === one.version))
        found.push(describe(runtime, spec(one.version), one, 'path'));
  }
  return found;
}
