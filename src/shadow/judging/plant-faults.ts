import type { Exchange } from '../../model/exchange.ts';
import { type Answer, view } from '../answer.ts';
import type { Pair } from '../compare/index.ts';
import type { Cover } from '../waivers/index.ts';
import { type Bijection, onTop } from './bijection.ts';
import { FAULTS } from './faults.ts';
import type { Plantings } from './plants.ts';
import type { Judged } from './tally.ts';

/** Says of a place whether the old side repeated itself there, and whether it repeated the recording. */
export type Witness = (exact: string) => { again: boolean; recorded: boolean };

/** A difference as it was judged, with the waiver that covers it. */
export type Settled = Judged & { cover?: Cover };

/** Where faults are planted: into one pair of answers. */
export interface Bed {
  exchange: Exchange;
  route: string;
  pair: Pair;
  known: Bijection;
  witness: Witness;
}

/** Judges a pair. @param inExchange false: as if nothing were known of the exchange, so that no waiver for some of them counts */
export type Settle = (bed: Bed, inExchange: boolean) => Settled[];

/**
 * Plants faults into an answer whose differences are all explained, and says of each whether it was seen. Where what hides
 * one is a waiver that states by value what the new side gives, that is what was accepted, and nothing was planted. Where it
 * is a waiver for exchanges of a kind, the fault goes into the old side's repeat, and that waiver does not count.
 *
 * @param clean the new side's answer, and what was judged of it
 * @param repeat the old side's own repeat
 */
export function plantFaults(
  clean: Bed,
  judged: readonly Settled[],
  repeat: Bed,
  settle: Settle,
  plants: Plantings,
): void {
  for (const { id } of FAULTS) {
    if (!plants.wants(id, clean.route)) continue;
    const first = planted(id, clean, settle, true);
    if (first === null) continue;
    const add = (seen: boolean) =>
      plants.add({ fault: id, route: clean.route, exchange: clean.exchange.index, seen });
    if (isSeen(first)) {
      add(true);
      continue;
    }
    const before = new Set(judged.map(keyOf));
    const caused = first.filter((each) => !before.has(keyOf(each)));
    if (caused.length > 0 && caused.every(({ cover }) => cover?.states)) continue;
    if (!first.some(({ cover }) => cover?.conditional)) {
      add(false);
      continue;
    }
    const second = planted(id, repeat, settle, false);
    if (second !== null) add(isSeen(second));
  }
}

/** Plants every fault into one answer, whatever was judged of it. */
export function plantEverywhere(bed: Bed, settle: Settle, plants: Plantings): void {
  for (const { id } of FAULTS) {
    if (!plants.wants(id, bed.route)) continue;
    const judged = planted(id, bed, settle, true);
    if (judged !== null)
      plants.add({ fault: id, route: bed.route, exchange: bed.exchange.index, seen: isSeen(judged) });
  }
}

const isSeen = (judged: readonly Settled[]): boolean => judged.some(({ explained }) => !explained);

const keyOf = ({ found: { kind, exact, old, new: next } }: Settled): string =>
  [kind, exact, old, next].join('\u0000');

/** What is judged of an answer with a fault in it; null where it has nothing of the kind to break. */
function planted(id: string, bed: Bed, settle: Settle, inExchange: boolean): Settled[] | null {
  const { pair, known, witness } = bed;
  const base = pair.new.view;
  const fault = FAULTS.find((each) => each.id === id);
  const answer: Answer | null =
    base && fault
      ? fault.plant(base, {
          path: pair.path ?? '',
          varies: (exact) => witness(exact).again || witness(exact).recorded,
          taken: known.taken,
        })
      : null;
  if (!answer) return null;
  const seen = answer.ok ? view(answer.response, pair.new.own) : null;
  // A planted value must not enter the run's bijection.
  const wrong = { ...bed, pair: { ...pair, new: { ...pair.new, answer, view: seen } }, known: onTop(known) };
  return settle(wrong, inExchange);
}
