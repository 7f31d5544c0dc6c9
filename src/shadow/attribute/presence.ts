import type { Cell } from '../../model/comparison.ts';
import type { RunReport } from '../../model/verdict.ts';

/**
 * Whether a corner shows a cell: `exactly`, with the very value of a sample; `otherwise`, the same header parts from the
 * old answer in another way (missing, not changed); null when the corner does not tell.
 */
export type Presence = (cell: Cell) => Shown;
export type Shown = 'exactly' | 'shown' | 'otherwise' | 'no' | null;
/** Whether it shows the difference itself. */
export const shows = (shown: Shown): boolean => shown === 'exactly' || shown === 'shown';

/** What the report of a corner tells about cells; nothing, where the corner could not be run. */
export function presence(result: RunReport | string): Presence {
  if (typeof result === 'string') return () => null;
  const missed = new Set(result.notCompared.map(({ exchange }) => exchange));
  const { old } = result.sides;
  return (cell) => {
    const asked = cell.exemplars.filter(({ exchange }) => !missed.has(exchange));
    if (asked.length === 0 || old.crash !== null) return null;
    const there = result.cells.filter((other) => sameCell(cell, other));
    if (there.some((other) => shared(cell, other).includes(true))) return 'exactly';
    if (there.length > 0) return 'shown';
    const near = result.cells.some(
      (other) =>
        !other.explained &&
        /^(header|cookie):/.test(cell.location) &&
        other.route === cell.route &&
        other.location === cell.location &&
        shared(cell, other).length > 0,
    );
    return near ? 'otherwise' : 'no';
  };
}

const explanation = ({ explained }: Cell) => (explained?.by === 'rule' ? explained.id : '');

function sameCell(a: Cell, b: Cell): boolean {
  if (a.route !== b.route || a.kind !== b.kind || a.location !== b.location) return false;
  if (explanation(a) !== explanation(b) || b.explained?.by === 'noise') return false;
  if (a.kind !== 'status' && a.kind !== 'transport' && a.kind !== 'probe') return true;
  // 200 → 500 and 200 → 404 are not the same finding: where a sample of the same exchange is there, it decides.
  const same = shared(a, b);
  return same.length === 0 || same.includes(true);
}

/** For each exchange that both have a sample of: whether the new side gave the same. */
const shared = (a: Cell, b: Cell): boolean[] =>
  a.exemplars.flatMap((mine) =>
    b.exemplars.filter(({ exchange }) => exchange === mine.exchange).map((other) => mine.new === other.new),
  );
