import semver from 'semver';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { PlanTarget, TargetName } from '../model/plan.ts';

/** A runtime that an application may go to: `bun`, in the version `bun@1.4`. */
export type Target = Pick<PlanTarget, 'name' | 'spec'>;

/** Versions a bare name means, and how a target is called. Measured 2026-11-23: the versions most rules are about. */
const TARGETS: Record<TargetName, { spec: string; title: string }> = {
  bun: { spec: 'bun@1.4', title: 'Bun 1.4' },
  deno: { spec: 'deno@2.9', title: 'Deno 2.9' },
  workers: { spec: 'workers@2026-07-30', title: 'Cloudflare Workers' },
  node: { spec: 'node@24', title: 'Node 24 (stay)' },
  'not-sure': { spec: 'not-sure', title: 'not sure' },
};

export const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];
export const titleOf = (name: TargetName): string => TARGETS[name].title;
export const defaultSpec = (name: TargetName): string => TARGETS[name].spec;

/**
 * A `--target` value as the user wrote it.
 *
 * @throws MigrateError (exit 2) `UNKNOWN_TARGET`
 */
export function parseTarget(value: string): Omit<PlanTarget, 'answeredBy'> {
  const [, name = '', version] = /^([a-z-]+)(?:@(.+))?$/.exec(value) ?? [];
  const known = TARGET_NAMES.find((item) => item === name);
  const fits =
    version === undefined ||
    (known === 'workers'
      ? /^\d{4}-\d{2}-\d{2}$/.test(version)
      : known !== 'not-sure' && semver.validRange(version) !== null);
  if (!known || !fits) {
    throw new MigrateError('UNKNOWN_TARGET', `--target ${value} is not a target.`, {
      hint: 'Targets: bun, deno, workers, node@24, not-sure; a version may follow, as in bun@1.4 or workers@2026-07-30. Judged by rules alone: vercel, deno-deploy, fastly.',
      exitCode: ExitCode.usage,
    });
  }
  return { name: known, spec: version ? value : TARGETS[known].spec };
}

/** The version part of a spec that semver can compare: the lowest it allows. Null for Workers' dates. */
export function targetVersion(spec: string): string | null {
  const version = spec.split('@')[1];
  if (!version || /^\d{4}-/.test(version)) return null;
  return semver.minVersion(version)?.version ?? null;
}
