import type { Cell, Owner } from '../../model/comparison.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Attribution, RunReport } from '../../model/verdict.ts';
import { sameRoute } from '../limits.ts';
import { routeTable } from '../routes.ts';
import { type Changes, type RouteCode, suspects } from './edits.ts';

/** Which code on which runtime, by side of the run. */
export interface Corner {
  code: 'old' | 'new';
  runtime: 'old' | 'new';
}

export interface AttributeOptions {
  exchanges: readonly Exchange[];
  /** The two sides run the same files: only the runtime can differ. */
  sameCode: boolean;
  /** Where each route's code stands, in the old code. */
  routes: readonly RouteCode[];
  changes: Changes;
  /**
   * Compares the old side with a corner on these exchanges, every side started afresh.
   *
   * @returns the report of it, or in words why the corner cannot be run
   */
  run(corner: Corner, exchanges: readonly Exchange[]): Promise<RunReport | string>;
}

/** Rules for values made up anew: nobody caused that they differ. */
const NOBODYS =
  /^(date-header|clock|generated-id|token|process-facts|own-address|etag-follows-body|static-mtime-etag)$/;

/**
 * Gives each difference of a report its owner, by the corners of {old code, new code} × {old runtime, new runtime}: the
 * sessions in which something differed are replayed with old code on the new runtime, and with new code on the old one.
 *
 * @returns the report with owners; as it was when nothing differs
 */
export async function attribute(report: RunReport, options: AttributeOptions): Promise<RunReport> {
  const targets = report.cells.filter(({ explained }) => !explained);
  if (targets.length === 0) return report;
  const exchanges = sessionsOf(targets, options);
  const { old, new: next } = report.sides;
  const sameRuntime =
    old.runtime === next.runtime &&
    old.version === next.version &&
    old.compatibilityDate === next.compatibilityDate;
  const corners: Attribution['corners'] = [];
  const seenIn = async (corner: Corner): Promise<Presence> => {
    const side = corner.runtime === 'old' ? old : next;
    const title = `${corner.code} code on ${side.runtime} ${side.version}`;
    const result = await options.run(corner, exchanges);
    const failed = typeof result === 'string' ? result : (result.sides.new.crash ?? null);
    corners.push({ ...corner, title, failed });
    return presence(result);
  };

  let decide: (cell: Cell) => Decision | Promise<Decision>;
  if (options.sameCode || sameRuntime) {
    decide = () =>
      options.sameCode && sameRuntime
        ? { kind: 'unknown', why: 'Both sides are the same code on the same runtime.' }
        : options.sameCode
          ? { kind: 'runtime', why: 'Both sides run the same code.' }
          : {
              kind: 'codemod',
              why: `Both sides run on ${old.runtime} ${old.version}; only the code differs.`,
            };
  } else {
    const byCode = await seenIn({ code: 'new', runtime: 'old' });
    const byRuntime = await seenIn({ code: 'old', runtime: 'new' });
    // Once more what the run itself compared, only if some difference showed in neither.
    let both: Promise<Presence> | undefined;
    decide = async (cell) => {
      const first = decision(cell, byCode(cell), byRuntime(cell), [old, next]);
      if (first) return first;
      both ??= seenIn({ code: 'new', runtime: 'new' });
      return shows((await both)(cell))
        ? {
            kind: 'interaction',
            why: 'Neither the new code nor the new runtime alone shows it, only both together.',
          }
        : {
            kind: 'unknown',
            why: 'It did not show again when its sessions were replayed: it comes and goes.',
          };
    };
  }

  const cells: Cell[] = [];
  for (const cell of report.cells) cells.push(await withOwner(cell, decide, options, report.cells));
  return {
    ...report,
    cells,
    attribution: { exchanges: exchanges.length, corners, changeSets: options.changes.sets },
  };
}

type Decision = Pick<Owner, 'kind' | 'why'>;
/**
 * Whether a corner shows a cell: `exactly`, with the very value of a sample; `otherwise`, the same header parts from the
 * old answer in another way (missing, not changed); null when the corner does not tell.
 */
type Presence = (cell: Cell) => Shown;
type Shown = 'exactly' | 'shown' | 'otherwise' | 'no' | null;
const shows = (shown: Shown): boolean => shown === 'exactly' || shown === 'shown';

async function withOwner(
  cell: Cell,
  decide: (cell: Cell) => Decision | Promise<Decision>,
  { changes, routes }: AttributeOptions,
  all: readonly Cell[],
): Promise<Cell> {
  const { explained } = cell;
  if (explained && (explained.by === 'noise' || NOBODYS.test(explained.id))) return cell;
  const { kind, why } = await decide(cell);
  // An explained difference that no corner shows is no riddle: rules excuse what comes and goes.
  if (explained && (kind === 'unknown' || kind === 'interaction')) return cell;
  const byCode = kind !== 'runtime' && kind !== 'unknown';
  if (!byCode || explained || cell.location === 'latency') return { ...cell, owner: { kind, why } };
  const code = routes.find(({ method, path }) => sameRoute(`${method.toUpperCase()} ${path}`, cell.route));
  const siblings = all.filter((each) => each.route === cell.route);
  const found = suspects(cell, code, changes, siblings);
  return {
    ...cell,
    owner: found ? { kind, why: `${why} ${found.why}`, edits: found.edits } : { kind, why },
  };
}

/** All exchanges of the sessions that show one of the cells. That a route became slower only all of its exchanges show. */
function sessionsOf(
  cells: readonly Cell[],
  { exchanges: all, routes }: Pick<AttributeOptions, 'exchanges' | 'routes'>,
): Exchange[] {
  const table = routeTable(routes);
  const slow = new Set(cells.filter(({ location }) => location === 'latency').map(({ route }) => route));
  const indices = new Set(cells.flatMap(({ exemplars }) => exemplars.map(({ exchange }) => exchange)));
  const shown = ({ index, request }: Exchange): boolean =>
    indices.has(index) || (slow.size > 0 && slow.has(table.of(request.method, request.path)));
  const sessions = new Set(all.filter(shown).map(({ session }) => session));
  return all.filter(({ session }) => sessions.has(session));
}

function presence(result: RunReport | string): Presence {
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

/** What two corners say; null when neither shows the difference and both tell. */
function decision(
  cell: Cell,
  byCode: Shown,
  byRuntime: Shown,
  [old, next]: readonly [RunReport['sides']['old'], RunReport['sides']['new']],
): Decision | null {
  const before = `${old.runtime} ${old.version}`;
  const after = `${next.runtime} ${next.version}`;
  // Both part from the old answer at this place, and one of them gives what the new side gives.
  if (byCode === 'exactly' && byRuntime === 'shown')
    return {
      kind: 'codemod',
      why: `The new code gives the same on ${before}; the old code on ${after} gives something else again.`,
    };
  if (byRuntime === 'exactly' && byCode === 'shown')
    return {
      kind: 'runtime',
      why: `The old code gives the same on ${after}; the new code on ${before} gives something else again.`,
    };
  if (shows(byCode) && shows(byRuntime))
    return {
      kind: 'either',
      why: `The new code shows it on ${before}, and the old code on ${after}: each alone is enough.`,
    };
  if (shows(byCode)) {
    const rest =
      byRuntime === null
        ? `; the old code cannot be asked on ${after}`
        : `, the old code on ${after} does not`;
    return { kind: 'codemod', why: `The new code shows it on ${before} too${rest}.` };
  }
  if (shows(byRuntime)) {
    const rest =
      byCode === null
        ? `; the new code cannot be asked on ${before}`
        : `, the new code on ${before} does not`;
    return { kind: 'runtime', why: `The old code shows it on ${after} too${rest}.` };
  }
  if (byCode === 'otherwise' && byRuntime !== 'otherwise')
    return {
      kind: 'codemod',
      why: `The new code parts from the old answer here on ${before} too, in another way than on ${after}.`,
    };
  if (byRuntime === 'otherwise' && byCode !== 'otherwise')
    return {
      kind: 'runtime',
      why: `The old code parts from the old answer here on ${after} too, in another way than the new code.`,
    };
  if (byCode === null && byRuntime === null)
    return { kind: 'unknown', why: `Neither corner could be asked about ${cell.location}.` };
  if (byCode === null)
    return {
      kind: 'unknown',
      why: `Not the runtime alone: the old code on ${after} does not show it, and the new code cannot be asked on ${before}.`,
    };
  // The application sees no request that is none: its server answers, and the same server answered for the new code.
  if (byRuntime === null && cell.location.startsWith('probe:malformed/'))
    return {
      kind: 'runtime',
      why: `The new code on ${before} does not show it; such a request is taken or refused by the runtime's own server.`,
    };
  if (byRuntime === null)
    return {
      kind: 'unknown',
      why: `Not the code alone: the new code on ${before} does not show it, and the old code cannot be asked on ${after}.`,
    };
  return null;
}
