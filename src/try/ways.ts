import semver from 'semver';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { TryCode } from '../model/try.ts';
import { parseSpec } from '../runtimes/index.ts';

/** A row to be tried: a code on a runtime. The first of a list is the baseline. */
export interface Way {
  /** `node@24`, `bun`, `workers`. */
  spec: string;
  /** The runtime's name. */
  name: string;
  code: TryCode;
}

/** Node releases that an application on an older one may go to. Source: nodejs.org/about/previous-releases, 2026-11-28. */
const LONG_TERM = ['node@22', 'node@24'];
const OTHERS = ['bun', 'deno', 'workers'];

/**
 * The ways an application is tried in: as it is on its own runtime, which is the baseline, then as it is on the others,
 * then converted. A conversion is tried on its own runtime too: that tells what the code changes and what the runtime does.
 *
 * @param own the runtime of today, `node@20`
 * @param asked what `--on` names; all where it is absent
 * @throws MigrateError UNKNOWN_RUNTIME, BAD_RUNTIME_VERSION, USAGE (exit code 2)
 */
export async function waysOf(
  own: string,
  asked: readonly string[] | undefined,
  isConverted: boolean,
): Promise<Way[]> {
  const mine = await parseSpec(own);
  const rest: { spec: string; name: string }[] = [];
  for (const spec of asked ?? [...newer(mine.range), ...OTHERS]) {
    const { name } = await parseSpec(spec);
    if (spec !== own && !rest.some((one) => one.spec === spec)) rest.push({ spec, name });
  }
  if (rest.length === 0 && !isConverted)
    throw new MigrateError('USAGE', `--on names nothing but ${own}, which is what it runs on today.`, {
      exitCode: ExitCode.usage,
    });
  const all = [{ spec: own, name: mine.name }, ...rest];
  const isNewerNode = ({ spec, name }: { spec: string; name: string }) => name === 'node' && spec !== own;
  return [
    ...all.map((one): Way => ({ ...one, code: 'as-is' })),
    ...all.flatMap((one): Way[] => (isConverted && !isNewerNode(one) ? [{ ...one, code: 'converted' }] : [])),
  ];
}

const newer = (range: string | undefined): string[] =>
  LONG_TERM.filter((spec) => {
    const [, version = ''] = spec.split('@');
    const least = range === undefined ? null : semver.minVersion(range);
    return least !== null && semver.gt(`${version}.0.0`, least);
  });
