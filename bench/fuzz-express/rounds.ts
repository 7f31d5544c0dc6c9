import type { CoverageCase } from '../express-coverage/cases.ts';
import type { WIRE } from '../express-coverage/convert.ts';
import { judge, type Place, type Verdict } from './judge.ts';
import { count, emptyTotals, report, summary, type Totals } from './page.ts';
import { shrink } from './shrink.ts';

/** Programs in one process pair. */
const BATCH = 60;
/** Wrong programs that are made small; more than that is one cause many times. */
const SHRUNK = 12;

/** What a run of the fuzzer takes. */
export interface Rounds {
  seed: number;
  programs: number;
  /** When no further batch is begun, by `Date.now()`. */
  end: number;
  programOf(seed: number): CoverageCase;
  codemod: typeof WIRE;
  places: readonly Place[];
  /** Every program is printed, not only wrong ones. */
  print: boolean;
  shrinks: boolean;
}

/** Makes programs batch by batch, judges them, and prints those that are wrong as small as they get. */
export async function runRounds(rounds: Rounds): Promise<{ totals: Totals; wrong: Verdict[] }> {
  const { seed, programs, end, codemod, places, print, shrinks } = rounds;
  const totals = emptyTotals();
  const wrong: Verdict[] = [];
  for (let first = seed; first < seed + programs && Date.now() < end; first += BATCH) {
    const size = Math.min(BATCH, seed + programs - first);
    const batch = Array.from({ length: size }, (_, index) => rounds.programOf(first + index));
    for (const verdict of await judge(batch, places, codemod)) {
      count(totals, verdict);
      if (print || verdict.outcome === 'told' || verdict.outcome === 'invalid')
        process.stdout.write(report(verdict, print));
      if (verdict.outcome !== 'wrong') continue;
      wrong.push(verdict);
      const isMany = wrong.length > SHRUNK;
      const small = !shrinks || isMany ? verdict : await shrink(verdict, places, codemod);
      process.stdout.write(report({ ...small, one: { ...small.one, id: verdict.one.id } }, shrinks));
    }
    process.stdout.write(`${summary(totals)}\n`);
  }
  return { totals, wrong };
}

/** One in eight programs, by its seed, goes to each runtime beside Node. */
export const oneInEight =
  (index: number) =>
  ({ id }: CoverageCase) =>
    Number(id.slice(1)) % 8 === index;
