import { isRefused, shareOf } from './convert.ts';
import type { Row, Run } from './row.ts';

type ByTarget<T> = Record<'node' | 'workers', T>;

/** What all rows come to. */
export interface Figures {
  applications: number;
  /** Of which the codemod gave an answer. */
  converted: number;
  median: ByTarget<number | null>;
  /** Every handler converted. */
  whole: ByTarget<number>;
  refused: ByTarget<number>;
  /** Of those refused on Node, what `--in-place` converts something of. */
  inPlace: number;
  /** Routes of those refused on Workers that are not named with what they lack. */
  unnamed: number;
  run: number;
  /** On every runtime. */
  boot: number;
  pass: number;
  verdicts: Record<string, number>;
  compared: number;
  differing: number;
  owned: number;
  /** Applications with tests of their own that pass, all or some, and those that pass as many afterwards. */
  tests: number;
  green: number;
  /** The converted application's CPU time over the original's. */
  cpu: { median: number; of: number } | null;
}

export function figuresOf(rows: readonly Row[]): Figures {
  const converted = rows.flatMap((row) => row.converted ?? []);
  const runs = rows.flatMap(({ run }) => (run && run.failed === null ? run : []));
  const booting = runs.filter(isBooted);
  const each = booting.flatMap(({ runtimes }) => runtimes.flatMap((one) => one.runs));
  const verdicts: Record<string, number> = {};
  for (const { verdict } of each) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  const tested = runs.filter(({ tests }) => (tests?.before?.passed ?? 0) > 0);
  const ratios = runs.flatMap(({ cpu }) => (cpu ? cpu.converted.at / cpu.original.at : []));
  const median = medianOf(ratios);
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  return {
    ...{ applications: rows.length, converted: converted.length, run: runs.length },
    median: byTarget((target) => medianOf(converted.flatMap((one) => shareOf(one[target]) ?? []))),
    whole: byTarget((target) => converted.filter((one) => shareOf(one[target]) === 1).length),
    refused: byTarget((target) => converted.filter((one) => isRefused(one[target])).length),
    inPlace: converted.filter((one) => one.inPlace !== undefined).length,
    unnamed: sum(
      converted.flatMap(({ workers }) =>
        isRefused(workers) && workers.routes ? workers.routes.express - workers.limits.length : [],
      ),
    ),
    boot: booting.length,
    pass: booting.filter(isClean).length,
    verdicts,
    compared: sum(each.map((one) => one.compared)),
    differing: sum(each.map((one) => one.differing)),
    owned: sum(each.flatMap(({ owned }) => Object.values(owned))),
    tests: tested.length,
    green: tested.filter(({ tests }) => (tests?.after?.passed ?? 0) >= (tests?.before?.passed ?? 0)).length,
    cpu: median === null ? null : { median, of: ratios.length },
  };
}

const byTarget = <T>(of: (target: 'node' | 'workers') => T): ByTarget<T> => ({
  node: of('node'),
  workers: of('workers'),
});

export const isBooted = ({ runtimes }: Run): boolean =>
  runtimes.length === 3 && runtimes.every(({ failed, runs }) => failed === null && runs.length > 0);

const isClean = ({ runtimes }: Run): boolean =>
  runtimes.every(({ runs }) => runs.every(({ verdict }) => verdict === 'PASS'));

/** The middle one, or the mean of the two in the middle; null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
