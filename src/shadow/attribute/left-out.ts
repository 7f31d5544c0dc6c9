import type { ExpectedDifference, LeftOut } from '../../model/changeset.ts';
import type { Cell, Exemplar } from '../../model/comparison.ts';
import type { Location } from '../../model/location.ts';
import type { ValueSelector } from '../../model/waiver.ts';
import { lineTells } from '../waivers/occasion.ts';
import { areSame } from '../waivers/same.ts';
import { fitsValue } from '../waivers/values.ts';

/** What of a difference its announcement is held against. */
export type Seen = Pick<Cell, 'location' | 'kind'> & {
  /** Absent, with the requests, where only the answers are known. */
  route?: string;
  exemplars: readonly (Pick<Exemplar, 'old' | 'new'> & Partial<Pick<Exemplar, 'request'>>)[];
};

/** An edit that left a behaviour out, and which of its differences a cell is. */
export interface Expected {
  leftOut: LeftOut;
  place: Location;
}

/**
 * The edits that announced a difference: those of the behaviour that tells most exactly what is seen. An edit in another
 * handler is named only when no other is left, as this one may call it.
 *
 * @param siblings the other cells of the route
 * @param inHandler whether a place is in the code of the cell's route; null when that code is not known
 */
export function expectedBy(
  cell: Seen,
  all: readonly LeftOut[],
  inHandler: ((place: Location) => boolean) | null,
  siblings: readonly Seen[] = [],
): Expected[] {
  let best: { rank: number; found: Expected[] } = { rank: 0, found: [] };
  for (const leftOut of all) {
    const own = leftOut.differences.filter(({ follows }) => !follows);
    const statuses = siblings.filter(({ location }) => location === 'status');
    const otherAnswer = statuses.some((status) => own.some((each) => exactness(status, each) > 0));
    const usable = otherAnswer ? leftOut.differences : own;
    const fit = Math.max(0, ...usable.map((difference) => exactness(cell, difference)));
    if (fit === 0) continue;
    const near = inHandler === null ? [] : leftOut.places.filter(inHandler);
    const places = near.length > 0 ? near : leftOut.places;
    const far = leftOut.scope === 'handler' && inHandler !== null && near.length === 0;
    const rank = far ? fit / 100 : fit;
    if (rank > best.rank) best = { rank, found: [] };
    if (rank === best.rank) best.found.push(...places.map((place) => ({ leftOut, place })));
  }
  return best.found;
}

/** 0 for another difference; more for one that says more about what is seen. */
function exactness(cell: Seen, { location, kind, old, new: next, same, when }: ExpectedDifference): number {
  const wide = location.endsWith('*');
  const fits = wide ? cell.location.startsWith(location.slice(0, -1)) : cell.location === location;
  if (!fits || (kind !== undefined && kind !== cell.kind)) return 0;
  const shown = (value: ValueSelector | undefined, side: 'old' | 'new') =>
    value === undefined || cell.exemplars.some((each) => fitsValue(value, each[side]));
  if (!shown(old, 'old') || !shown(next, 'new')) return 0;
  // The length of a body is not among the values.
  const isOther =
    same !== undefined &&
    same !== 'body-length' &&
    !cell.exemplars.some((each) => areSame(same, cell.location, each.old, each.new));
  if (isOther) return 0;
  const told = (when ?? []).flatMap((trait) =>
    cell.exemplars.map(({ request }) =>
      cell.route === undefined || request === undefined ? null : lineTells(trait, cell.route, request),
    ),
  );
  if (told.length > 0 && told.every((each) => each === false)) return 0;
  const isTold = told.includes(true);
  return (
    1 + [!wide, kind !== undefined, old !== undefined, next !== undefined, isTold].filter(Boolean).length
  );
}
