import type { Cell, Explanation, Severity } from '../model/comparison.ts';
import type { Signature } from '../model/verdict.ts';
import type { Found } from './compare/found.ts';
import type { Redactor } from './redact.ts';

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
  request: string;
}

/** Folds differences into cells and signatures as they come: memory grows with what is different, not with traffic. */
export interface Tally {
  add(place: Place, judged: readonly Judged[]): void;
  cells(): Cell[];
  /** @param compared exchanges in all, for the shares; @param cells the list whose indices are meant */
  signatures(compared: number, cells: readonly Cell[]): Signature[];
  /** Differences that were left out because there were too many cells. */
  readonly dropped: number;
}

const MAX_CELLS = 5_000;
const EXEMPLARS = 3;
const RANK: Record<Severity, number> = { breaking: 0, changed: 1, cosmetic: 2 };

interface Group {
  title: string;
  severity: Severity;
  exchanges: number;
  routes: Map<string, number>;
  cells: Set<Cell>;
}

/** An empty {@link Tally}. */
export function tally(redact: Redactor): Tally {
  const cells = new Map<string, Cell>();
  const groups = new Map<string, Group>();
  let dropped = 0;

  const cellOf = (place: Place, { found, explained }: Judged): Cell | null => {
    const key = [place.route, found.kind, found.location, explained?.by, explained?.id].join('\u0000');
    const known = cells.get(key);
    if (known) return known;
    if (cells.size >= MAX_CELLS) return null;
    const { kind, location, severity } = found;
    const cell: Cell = {
      route: place.route,
      kind,
      location,
      severity,
      exchanges: 0,
      exemplars: [],
      ...(explained && { explained }),
    };
    cells.set(key, cell);
    return cell;
  };

  return {
    get dropped() {
      return dropped;
    },
    add(place, judged) {
      const touched = new Set<Cell>();
      for (const one of judged) {
        const cell = cellOf(place, one);
        if (!cell) {
          dropped++;
          continue;
        }
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
      const open = judged.filter(({ explained }) => !explained).map(({ found }) => found);
      if (open.length > 0)
        group(
          groups,
          place,
          open,
          [...touched].filter((cell) => !cell.explained),
        );
    },
    cells: () =>
      [...cells.values()].sort(
        (a, b) =>
          Number(Boolean(a.explained)) - Number(Boolean(b.explained)) ||
          RANK[a.severity] - RANK[b.severity] ||
          b.exchanges - a.exchanges ||
          (`${a.route} ${a.location}` < `${b.route} ${b.location}` ? -1 : 1),
      ),
    signatures(compared, all) {
      const index = new Map(all.map((cell, i) => [cell, i]));
      return [...groups.values()]
        .sort(
          (a, b) =>
            RANK[a.severity] - RANK[b.severity] || b.exchanges - a.exchanges || (a.title < b.title ? -1 : 1),
        )
        .map((one, i) => ({
          id: `S${i + 1}`,
          title: one.title,
          severity: one.severity,
          exchanges: one.exchanges,
          share: compared === 0 ? 0 : one.exchanges / compared,
          routes: [...one.routes]
            .map(([route, exchanges]) => ({ route, exchanges }))
            .sort((a, b) => b.exchanges - a.exchanges || (a.route < b.route ? -1 : 1)),
          cells: [...one.cells].map((cell) => index.get(cell) ?? -1).filter((at) => at >= 0),
        }));
    },
  };
}

const FOLLOWS = /^header:(etag|content-length)$/;
const isBody = ({ location }: Found) => /^(body|stream)/.test(location);

function group(
  groups: Map<string, Group>,
  place: Place,
  open: readonly Found[],
  touched: readonly Cell[],
): void {
  const worst = open.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  // Another status, or none: the rest of the answer differs because of it. Another body: so do its length and ETag.
  const cause = worst.find(({ kind }) => kind === 'transport' || kind === 'status');
  const own = worst.some(isBody) ? worst.filter(({ location }) => !FOLLOWS.test(location)) : worst;
  const parts = cause ? [title(cause)] : [...new Set(own.map(title))].sort();
  const key = parts.join('\u0000');
  const [head] = cause ? [cause] : own;
  if (!head) return;
  let one = groups.get(key);
  if (!one) {
    const more = parts.length - 1;
    one = {
      title: title(head) + (more > 0 ? ` and ${more} more` : ''),
      severity: head.severity,
      exchanges: 0,
      routes: new Map(),
      cells: new Set(),
    };
    groups.set(key, one);
  }
  one.exchanges++;
  one.routes.set(place.route, (one.routes.get(place.route) ?? 0) + 1);
  for (const cell of touched) one.cells.add(cell);
}

const WORDS: Partial<Record<Found['kind'], string>> = {
  'header-missing': 'missing',
  'header-added': 'added',
  'header-value': 'value',
  'header-case': 'case of the name',
  'cookie-missing': 'missing',
  'cookie-added': 'added',
  'cookie-value': 'value',
  'json-missing': 'missing',
  'json-added': 'added',
  'json-type': 'type',
  'json-value': 'value',
  'json-reorder': 'items in another order',
  'json-bytes': 'same value, other bytes',
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
  const [where, ...rest] = location.split(':');
  const place = rest.length > 0 ? `${where} ${rest.join(':')}` : location;
  return `${place}: ${WORDS[kind] ?? kind}`;
}
