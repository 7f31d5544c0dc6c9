import semver from 'semver';
import { MigrateError } from '../../model/errors.ts';
import { findRuntime } from '../registry.ts';
import type { Side } from '../spec.ts';
import { type ProvisionOptions, provisionRuntime } from './provision.ts';

/** A release of a runtime: what a user writes for exactly it, and how it is called. */
export interface Release {
  /** `bun@1.4.5`, `workers@2026-11-17`. */
  spec: string;
  /** `bun 1.4.5`, `workers 2026-11-17`. */
  name: string;
  /** What the side runs on instead, as `bun 1.2.23`. */
  instead: string;
}

/**
 * The newest release of the runtime a side is given, made ready to launch; null where the side runs on it.
 *
 * @throws MigrateError as {@link provisionRuntime}; also when the registry was not reached and nothing newer is here
 */
export async function newerRelease(
  { spec, dir }: Side,
  options: Pick<ProvisionOptions, 'signal' | 'progress'>,
): Promise<Release | null> {
  const runtime = await findRuntime(spec.name, spec.raw);
  const running = await provisionRuntime(spec, options);
  let said: string | null = null;
  const newest = await provisionRuntime(
    { name: spec.name, raw: spec.name },
    { ...options, refresh: true, askTimeoutMs: 15_000, notice: (text) => (said = text) },
  );
  const isDated = runtime.rangeKind === 'compatibility-date';
  const date = spec.range ?? (await runtime.ownRange?.(dir)) ?? running.compatibilityDate ?? '';
  const [from, to] = isDated ? [date, newest.compatibilityDate ?? ''] : [running.version, newest.version];
  if (isDated ? to > from : semver.gt(to, from))
    return { spec: `${spec.name}@${to}`, name: `${spec.name} ${to}`, instead: `${spec.name} ${from}` };
  // Nothing newer was found, and nobody said that there is nothing newer.
  if (said !== null) throw new MigrateError('REGISTRY_UNREACHABLE', said);
  return null;
}
