import { mkdir } from 'node:fs/promises';
import { MigrateError } from '../../model/errors.ts';
import type { RuntimeListing } from '../../model/runtime.ts';
import type { Runtime } from '../contract.ts';
import { listRuntimes } from '../registry.ts';
import { parseSpec } from '../spec.ts';
import { cacheFolder } from './cache.ts';
import { currentPlatform } from './platform.ts';
import { locate } from './provision.ts';
import { resolveVersion } from './resolve.ts';

/**
 * Where every listed spec stands: on PATH or in the cache, and what the registry has. Never fails for want of a
 * network: a registry that does not answer within five seconds is reported in `problem`.
 */
export async function surveyRuntimes(
  options: { signal?: AbortSignal; offline?: boolean } = {},
): Promise<RuntimeListing[]> {
  const runtimes = await listRuntimes();
  if (!options.offline) await mkdir(cacheFolder(), { recursive: true });
  const specs = runtimes.flatMap((runtime) => runtime.listed.map((text) => ({ runtime, text })));
  return Promise.all(specs.map(({ runtime, text }) => surveyOne(runtime, text, options)));
}

async function surveyOne(
  runtime: Runtime,
  text: string,
  { signal, offline }: { signal?: AbortSignal; offline?: boolean },
): Promise<RuntimeListing> {
  const spec = await parseSpec(text);
  const here = await locate(runtime, spec);
  const listed = { spec: text, title: runtime.title, here, limits: runtime.limits };
  const source = runtime.source(currentPlatform());
  if (typeof source === 'string') return { ...listed, newest: null, problem: source };
  if (offline)
    return {
      ...listed,
      newest: null,
      problem: 'The npm registry was not asked: newer versions are not shown.',
    };
  try {
    return {
      ...listed,
      newest: await resolveVersion(runtime, spec, source, { signal, timeoutMs: 5_000 }),
      problem: null,
    };
  } catch (error) {
    if (error instanceof MigrateError) return { ...listed, newest: null, problem: error.message };
    throw error;
  }
}
