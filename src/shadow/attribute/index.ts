import type { Cell } from '../../model/comparison.ts';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Attribution, RunReport, SideReport } from '../../model/verdict.ts';
import { sameRoute } from '../limits.ts';
import { routeTable } from '../traffic/routes.ts';
import { type Decision, decision } from './decision.ts';
import { type Changes, suspects } from './edits.ts';
import { type Presence, presence, shows } from './presence.ts';
import type { RouteCode } from './reached.ts';
import { concernsRelease, type ReleaseAnswer, withRelease } from './release.ts';

/** Which code on which runtime, by side of the run. */
export interface Corner {
  code: 'old' | 'new';
  /** `newest`: the newest release of the new side's runtime. */
  runtime: 'old' | 'new' | 'newest';
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
  /**
   * The newest release of the new side's runtime, as `bun 1.4.5`; null where the new side runs on it. Absent: not asked.
   *
   * @throws MigrateError when it cannot be told or got
   */
  newest?(): Promise<string | null>;
}

/** Rules for values made up anew: nobody caused that they differ. */
const NOBODYS =
  /^(date-header|clock|generated-id|token|process-facts|rate-limit-window|own-address|etag-follows-body|static-mtime-etag)$/;

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
  const ask = async (corner: Corner, on: string, of = exchanges): Promise<RunReport | string> => {
    const result = await options.run(corner, of);
    const failed = typeof result === 'string' ? result : (result.sides.new.crash ?? null);
    corners.push({ ...corner, title: `${corner.code} code on ${on}`, failed });
    return result;
  };
  const seenIn = async (corner: Corner): Promise<Presence> =>
    presence(await ask(corner, nameOf(corner.runtime === 'old' ? old : next)));

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
    const onNew = await ask({ code: 'old', runtime: 'new' }, nameOf(next));
    const [byRuntime, startsThere] = [presence(onNew), typeof onNew !== 'string'];
    // Once more what the run itself compared, only if some difference showed in neither.
    let both: Promise<Presence> | undefined;
    decide = async (cell) => {
      const first = decision(cell, byCode(cell), byRuntime(cell), [old, next], startsThere);
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

  const decided = new Map<Cell, Decision>();
  for (const cell of report.cells) if (hasOwner(cell)) decided.set(cell, await decide(cell));
  const open = [...decided].filter(([cell, owner]) => concernsRelease(cell, owner)).map(([cell]) => cell);
  const answer = open.length === 0 ? null : await askNewest(open, options, ask);
  const cells = report.cells.map((cell) => {
    const owner = decided.get(cell);
    if (!owner) return cell;
    const last = answer && open.includes(cell) ? withRelease(cell, owner, nameOf(next), answer) : owner;
    return withOwner(cell, last, options, report);
  });
  return {
    ...report,
    cells,
    attribution: { exchanges: exchanges.length, corners, changeSets: options.changes.sets },
  };
}

const nameOf = ({ runtime, version, compatibilityDate }: SideReport): string =>
  `${runtime} ${compatibilityDate ?? version}`;

const hasOwner = ({ explained }: Cell): boolean =>
  !explained || (explained.by !== 'noise' && !NOBODYS.test(explained.id));

/** Asks the new code on the newest release of its runtime about some cells; null where that is what the new side runs on. */
async function askNewest(
  cells: readonly Cell[],
  options: AttributeOptions,
  ask: (corner: Corner, on: string, of: Exchange[]) => Promise<RunReport | string>,
): Promise<ReleaseAnswer | null> {
  const nothing = { newest: null, presence: () => null };
  try {
    const newest = (await options.newest?.()) ?? null;
    if (newest === null) return null;
    const result = await ask({ code: 'new', runtime: 'newest' }, newest, sessionsOf(cells, options));
    const problem = typeof result === 'string' ? result : null;
    return { newest, problem, presence: presence(result) };
  } catch (error) {
    if (error instanceof MigrateError) return { ...nothing, problem: error.message };
    throw error;
  }
}

function withOwner(
  cell: Cell,
  { notCodeAlone: _, ...owner }: Decision,
  { changes, routes }: AttributeOptions,
  { cells: all, routes: covered }: RunReport,
): Cell {
  const { explained } = cell;
  const { kind, why, onlyNewCode } = owner;
  // An explained difference that no corner shows is no riddle: rules excuse what comes and goes.
  if (explained && (kind === 'unknown' || kind === 'interaction')) return cell;
  const byCode = (kind !== 'runtime' && kind !== 'unknown') || onlyNewCode;
  if (!byCode || explained || cell.location === 'latency') return { ...cell, owner };
  const code = routes.find(({ method, path }) => sameRoute(`${method.toUpperCase()} ${path}`, cell.route));
  const siblings = all.filter((each) => each.route === cell.route);
  const statuses = statusesOf(cell, siblings, covered);
  const found = suspects(cell, code, changes, { routes, statuses, siblings });
  if (!found)
    return { ...cell, owner: changes.files.length === 0 ? owner : { ...owner, why: `${why} ${NO_EDIT}` } };
  return { ...cell, owner: { ...owner, why: `${why} ${found.why}`, edits: found.edits } };
}

const NO_EDIT = 'Which edit is not known: none that fits is in code that such a request passes.';

/** Statuses the old side gave where a cell shows: of its own exchanges where they differ, else all of its route. */
function statusesOf(cell: Cell, siblings: readonly Cell[], routes: RunReport['routes']): Set<number> {
  const shown = siblings
    .filter(({ location }) => location === 'status')
    .flatMap(({ exemplars }) => exemplars);
  const own = cell.exemplars.map(({ exchange }) => shown.find((each) => each.exchange === exchange)?.old);
  if (own.every((status) => status)) return new Set(own.map((status) => Number.parseInt(status ?? '', 10)));
  const { statuses = {} } = routes.find(({ route }) => route === cell.route) ?? {};
  return new Set(Object.keys(statuses).map(Number));
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
