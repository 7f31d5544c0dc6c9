import type { CountedCell, Pattern } from '../../model/aggregate.ts';
import type { Explanation } from '../../model/comparison.ts';
import type { Found } from '../compare/found.ts';
import type { Redactor } from '../redact.ts';
import { compact } from './compact.ts';

/** One difference with what explains it, if anything. */
export interface Judged {
  found: Found;
  explained?: Explanation;
}

/** Where an outcome belongs: everything a report needs to point at it. */
export interface Place {
  exchange: number;
  route: string;
  /** `METHOD /path`, redacted. */
  readonly request: string;
}

/** Folds differences into cells and patterns as they come: memory grows with what is different, not with traffic. */
export interface Tally {
  /** @returns keys of the unexplained cells the exchange touched */
  add(place: Place, judged: readonly Judged[]): Set<string>;
  /** How the old side's repeat behaved in an exchange: `open` differ in new, `repeat` between old and its repeat. */
  pair(open: ReadonlySet<string>, repeat: ReadonlySet<string>): void;
  /** What was counted since the last cut. Which cells are known, and so the limits, hold for the whole run. */
  cut(): { cells: CountedCell[]; patterns: Pattern[]; dropped: number };
}

const MAX_CELLS = 5_000;
const MAX_PATTERNS = 5_000;
/** Samples kept of a cell. */
export const EXEMPLARS = 3;

/** What makes two differences the same cell, in any run. */
export const cellKey = (
  route: string,
  { kind, location }: { kind: string; location: string },
  explained?: Explanation,
): string => [route, kind, location, ...(explained ? [explained.by, explained.id] : [])].join('\u0000');

/** @param before what an earlier attempt of the run has counted: its cells are known, and not counted again */
export function tally(
  redact: Redactor,
  before: readonly CountedCell[] = [],
  patternsBefore: readonly Pattern[] = [],
): Tally {
  const cells = new Map<string, CountedCell>();
  const patterns = new Map<string, Pattern>();
  const pairs = new Map<string, { b: number; c: number; both: number }>();
  const known = {
    cells: new Set(before.map(({ key }) => key)),
    patterns: new Set(patternsBefore.map(keyOf)),
  };
  let dropped = 0;
  const places = new Map<string, string>();
  /** Where a difference stands, without secrets: keys of JSON may be tokens. The same for the whole run. */
  const placeOf = (location: string): string => {
    const told = places.get(location);
    if (told !== undefined) return told;
    if (places.size >= 4 * MAX_CELLS) places.clear();
    const made = redact.text(location);
    places.set(compact(location), compact(made));
    return made;
  };

  const cellOf = (place: Place, { found, explained }: Judged): CountedCell | null => {
    const location = placeOf(found.location);
    const key = cellKey(place.route, { kind: found.kind, location }, explained);
    const counted = cells.get(key);
    if (counted) return counted;
    if (known.cells.size >= MAX_CELLS && !known.cells.has(key)) return null;
    known.cells.add(key);
    const { kind, severity } = found;
    const cell: CountedCell = {
      ...{ key, route: place.route, kind, location, severity, exchanges: 0 },
      ...{ exemplars: [], b: 0, c: 0, both: 0 },
      ...(explained && { explained }),
    };
    cells.set(key, cell);
    return cell;
  };

  return {
    add(place, judged) {
      const touched = new Set<CountedCell>();
      const open = new Map<string, string>();
      for (const one of judged) {
        const cell = cellOf(place, one);
        if (!cell) {
          dropped++;
          continue;
        }
        if (!one.explained && !open.has(cell.key)) open.set(cell.key, redact.text(title(one.found)));
        if (touched.has(cell)) continue;
        touched.add(cell);
        cell.exchanges++;
        if (cell.exemplars.length >= EXEMPLARS) continue;
        const { location, old, new: next } = one.found;
        cell.exemplars.push({
          exchange: place.exchange,
          request: place.request,
          old: redact.sample(location, old),
          new: redact.sample(location, next),
        });
      }
      if (open.size > 0) count(patterns, known.patterns, place, open);
      return new Set(open.keys());
    },
    pair(open, repeat) {
      for (const key of new Set([...open, ...repeat])) {
        let one = pairs.get(key);
        if (!one) {
          one = { b: 0, c: 0, both: 0 };
          pairs.set(key, one);
        }
        if (open.has(key) && repeat.has(key)) one.both++;
        else if (open.has(key)) one.b++;
        else one.c++;
      }
    },
    cut() {
      const out = {
        cells: [...cells.values()].map((cell) => ({ ...cell, ...pairs.get(cell.key) })),
        patterns: [...patterns.values()],
        dropped,
      };
      for (const map of [cells, patterns, pairs]) map.clear();
      dropped = 0;
      return out;
    },
  };
}

const keyOf = ({ items }: Pick<Pattern, 'items'>): string =>
  items.flatMap(({ cell, title: name }) => [cell, name]).join('\u0001');

/** Counts an exchange under exactly the differences it shows; beyond the limit under the first of them alone. */
function count(
  patterns: Map<string, Pattern>,
  known: Set<string>,
  place: Place,
  open: ReadonlyMap<string, string>,
): void {
  let items = [...open].map(([cell, name]) => ({ cell, title: name }));
  if (known.size >= MAX_PATTERNS && !known.has(keyOf({ items }))) items = items.slice(0, 1);
  const key = keyOf({ items });
  known.add(key);
  const counted = patterns.get(key);
  if (counted) counted.exchanges++;
  else patterns.set(key, { route: place.route, items, exchanges: 1, first: place.exchange });
}

const WORDS: Partial<Record<Found['kind'], string>> = {
  'header-missing': 'missing',
  'header-added': 'added',
  'header-value': 'value',
  'header-case': 'case of the name',
  'cookie-missing': 'missing',
  'cookie-added': 'added',
  'cookie-value': 'value',
  stack: 'frames',
  'json-missing': 'missing',
  'json-added': 'added',
  'json-type': 'type',
  'json-value': 'value',
  'json-reorder': 'items in another order',
  'json-bytes': 'same value, other bytes',
  'effect-missing': 'not done',
  'effect-added': 'done by the new side alone',
  'effect-changed': 'other content',
};

/** A difference in a few words: `header etag: value`, `status 200 → 500`. */
export function title(found: Found): string {
  const { kind, location } = found;
  if (kind === 'status') return `status ${found.old} → ${found.new}`;
  if (kind === 'transport') return `${found.old} → ${found.new}`;
  if (kind === 'reason') return `reason phrase "${found.old}" → "${found.new}"`;
  if (kind === 'header-order') return 'order of headers';
  if (kind === 'redirect') return 'redirect target';
  if (kind === 'latency') return 'slower';
  if (kind === 'probe') return location.replace('probe:', 'probe ');
  const [where, ...rest] = location.split(':');
  const place = rest.length > 0 ? `${where} ${rest.join(':')}` : location;
  return `${place}: ${WORDS[kind] ?? kind}`;
}
