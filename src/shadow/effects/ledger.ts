import type { StartEffects } from '../../model/aggregate.ts';
import type { EffectCount, EffectRow } from '../../model/effects.ts';
import { type Judged, type Place, tally } from '../judging/tally.ts';
import type { Redactor } from '../redact.ts';
import { describe } from './compare.ts';
import type { Effect, SideEffects } from './effect.ts';
import type { Matched } from './match.ts';

/** Rows that a report shows. */
const MAX_ROWS = 200;

/** Where and when an effect was done; `exchange` null: by none that is known. */
export type EffectPlace = Omit<Place, 'exchange'> & { exchange: number | null };

/** Counts effects as they are judged: those of the start in one, all others in another. */
export interface EffectLedger {
  /** @param ids rules and waivers that were applied to it */
  add(one: Matched, place: EffectPlace, judged: readonly Judged[], ids: ReadonlySet<string>): void;
  cut(): StartEffects;
}

/** @param seen decides what could not be looked at at all */
export function ledger(seen: { old: SideEffects; new: SideEffects }, redact: Redactor): EffectLedger {
  const counted = tally(redact);
  const rows: EffectRow[] = [];
  const uses: Record<string, number> = {};
  const counts = KINDS.map(
    ([what, key]): EffectCount => ({ what, old: seen.old[key] && 0, new: seen.new[key] && 0 }),
  );
  const count = (side: 'old' | 'new', effect: Effect | null) => {
    const row = effect && counts.find(({ what }) => what === whatOf(effect));
    if (row && row[side] !== null) row[side]++;
  };
  return {
    add(one, place, judged, ids) {
      counted.add({ ...place, exchange: place.exchange ?? 1 }, judged);
      count('old', one.old);
      count('new', one.new);
      for (const id of ids) uses[id] = (uses[id] ?? 0) + 1;
      rows.push({
        place: one.name.startsWith('outgoing:') ? redact.target(one.name) : one.name,
        state:
          judged.length === 0
            ? 'same'
            : judged.every(({ explained }) => explained)
              ? 'explained'
              : 'different',
        old: one.old && describe(one.old),
        new: one.new && describe(one.new),
        exchange: place.exchange,
      });
    },
    cut() {
      const states = (state: EffectRow['state']) => rows.filter((row) => row.state === state).length;
      return {
        ...{ counts, same: states('same'), explained: states('explained'), different: states('different') },
        ...{ rows: shownRows(rows), cells: counted.cut().cells, uses },
      };
    },
  };
}

const KINDS = [
  ['files', 'files'],
  ['objects', 'objects'],
  ['outgoing calls', 'outgoing'],
] as const;

const whatOf = ({ store, told }: Effect): EffectCount['what'] =>
  store === 'outgoing' ? 'outgoing calls' : store === 'file' && told === undefined ? 'files' : 'objects';

const RANK: Record<EffectRow['state'], number> = { different: 0, explained: 1, same: 2 };

/** The rows a report shows, in the one order they have: different ones first, then by exchange and place. */
export const shownRows = (rows: readonly EffectRow[]): EffectRow[] =>
  rows.toSorted(inOrder).slice(0, MAX_ROWS);

function inOrder(a: EffectRow, b: EffectRow): number {
  const rank = RANK[a.state] - RANK[b.state] || (a.exchange ?? 0) - (b.exchange ?? 0);
  if (rank !== 0) return rank;
  const [mine, other] = [a, b].map((row) => [row.place, row.old, row.new].join('\u0000'));
  return mine === other ? 0 : (mine ?? '') < (other ?? '') ? -1 : 1;
}
