import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Aggregate } from '../model/aggregate.ts';
import type { Cell } from '../model/comparison.ts';
import type { TryAnswers } from '../model/try.ts';
import type { RunReport } from '../model/verdict.ts';
import {
  cellKey,
  collectShadow,
  conclude,
  expectedBy,
  type LaunchOptions,
  launchSides,
  type SideName,
} from '../shadow/index.ts';
import { type Context, launchOptions, type Row, titleOf } from './context.ts';
import { errorIn } from './reason.ts';

/** What came of the comparison of one row with the baseline. */
export interface Compared {
  answers: TryAnswers;
  /** Keys of the places that differ, to find who caused them by other rows. */
  keys: ReadonlySet<string>;
  /** For each cause, the keys of its places. */
  causeKeys: string[][];
  notes: string[];
  /** What really ran, where the application's own configuration decides a part of it. */
  ran: RunReport['sides']['new'];
  /** What other servers answered: they are not asked again. */
  answersOfOthers: LaunchOptions['answers'];
}

/** Thrown where the baseline, which started before, does not start beside a row. */
export class BaselineGone extends Error {}

/**
 * Compares a row's answers with those of the baseline, which runs twice beside it: what it does not repeat is no difference.
 *
 * @param noise places in which the baseline differs from itself where it is started as the row is: no differences
 * @throws MigrateError of the runtimes when the row does not start
 */
export async function compareRow(
  row: Row,
  baseline: Row,
  context: Context,
  others: LaunchOptions['answers'],
  noise: ReadonlySet<string> = new Set(),
): Promise<Compared> {
  const { options, exchanges } = context;
  const { traffic, routes, waivers, redact, writes, timeoutMs, signal } = options;
  const title = titleOf(row.way);
  options.progress(`${title}: starting`);
  let side: SideName | null = null;
  const launch = launchOptions(context, `${row.way.spec}-${row.way.code}`, row.env);
  const { logs } = launch;
  const launched = await launchSides(
    { old: baseline.given, new: row.given },
    {
      ...launch,
      ...(others && { answers: others }),
      notStarted(name) {
        side = name;
      },
    },
  ).catch((error) => {
    if (side === 'old' || side === 'again') throw new BaselineGone(String(error.message), { cause: error });
    throw error;
  });
  let judged: ReturnType<typeof judge>;
  try {
    const aggregate = await collectShadow(
      launched.sides,
      { ...traffic, exchanges: [...exchanges] },
      {
        ...{ writes, routes, limits: row.limits, waivers, allow: [], timeoutMs, redact, signal },
        progress: (done, of) => options.progress(`${title}: ${done + 1} of ${of} requests`),
      },
    );
    signal.throwIfAborted();
    judged = judge(row, aggregate, conclude(aggregate), noise);
    const size = launched.notes.flatMap((note) => /^new side: (The bundle has .*)\.$/.exec(note)?.[1] ?? []);
    judged = { ...judged, notes: [...judged.notes, ...size] };
  } finally {
    options.progress(null);
    await launched.close();
  }
  // What it printed is complete only now.
  const said = judged.fails ? errorIn(printed(join(logs, 'new')), context.folders) : null;
  return {
    ...judged,
    notes: [...judged.notes, ...(said === null ? [] : [`it said: ${said}`])],
    answersOfOthers: launched.sides.egress?.book,
  };
}

/** What a side printed, errors first. */
const printed = (folder: string): string[] =>
  ['stderr.log', 'stdout.log'].flatMap((name) => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  });

function judge(
  row: Row,
  aggregate: Aggregate,
  report: RunReport,
  noise: ReadonlySet<string>,
): Omit<Compared, 'answersOfOthers'> & { fails: boolean } {
  const keyOf = ({ route, kind, location }: Cell) => cellKey(route, { kind, location });
  const of = aggregate.counts.compared - aggregate.counts.excluded;
  /** Explained, or a header that the codemod announced to leave out. */
  const fine = new Set<string>();
  const headers = new Set<string>();
  /** What else it announced, by the place it is seen at. */
  const told = new Map<string, string[]>();
  for (const cell of report.cells) {
    const siblings = report.cells.filter(({ route }) => route === cell.route);
    const expected = cell.explained ? [] : expectedBy(cell, row.leftOut, null, siblings);
    const behaviours = [...new Set(expected.map(({ leftOut }) => leftOut.behaviour))];
    // A header that goes is announced and harmless; another status or body is announced, and told.
    const isHeader = cell.location.startsWith('header:') || cell.location === 'reason';
    const isFine = cell.explained || noise.has(keyOf(cell)) || (behaviours.length > 0 && isHeader);
    if (isFine) fine.add(keyOf(cell));
    if (isHeader) for (const one of behaviours) headers.add(one);
    else if (behaviours.length > 0) told.set(keyOf(cell), behaviours);
  }
  const differing = aggregate.patterns
    .filter(({ items }) => items.some(({ cell }) => !fine.has(cell)))
    .reduce((sum, { exchanges }) => sum + exchanges, 0);
  const open = report.signatures.flatMap((signature) => {
    const cells = signature.cells.flatMap((index) => report.cells[index] ?? []);
    const left = cells.filter((cell) => !fine.has(keyOf(cell)) && cell.kind !== 'latency');
    return left.length > 0 ? [{ ...signature, cells: left }] : [];
  });
  const crashes = report.sides.new.endings ?? [];
  return {
    answers: {
      ...{ same: of - differing, of },
      causes: open.map(({ title, exchanges, routes, cells }) => ({
        title: title + announcement(cells.flatMap((cell) => told.get(keyOf(cell)) ?? [])),
        ...{ requests: exchanges, routes: routes.map(({ route }) => route), owner: 'unknown' },
        example: exampleOf(cells.find(({ location }) => !FOLLOWS.test(location)) ?? cells[0]),
      })),
      limits: limitsOf(report),
    },
    keys: new Set(open.flatMap(({ cells }) => cells.map(keyOf))),
    causeKeys: open.map(({ cells }) => cells.map(keyOf)),
    ran: report.sides.new,
    fails: open.some(({ cells }) => cells.some(isFailure)),
    notes: [
      ...(headers.size > 0
        ? [`headers left out on purpose (not counted): ${[...headers].sort().join(', ')}`]
        : []),
      ...crashes.slice(0, 1).map(({ route, said }) => `it ended at ${route}: ${said}`),
    ],
  };
}

/** An answer of the original became an error of the server. */
const isFailure = ({ location, exemplars: [first] }: Cell): boolean =>
  location === 'status' && /^5/.test(first?.new ?? '') && !/^5/.test(first?.old ?? '');

const announcement = (behaviours: readonly string[]): string =>
  behaviours.length === 0 ? '' : `, left out on purpose: ${[...new Set(behaviours)].sort().join(', ')}`;

/** Routes known not to run there, by reason. */
function limitsOf({ routes }: RunReport): TryAnswers['limits'] {
  const found = new Map<string, { requests: number; routes: string[] }>();
  for (const { route, status, reason = '', compared } of routes) {
    if (status !== 'cannot-run') continue;
    const one = found.get(reason) ?? { requests: 0, routes: [] };
    found.set(reason, { requests: one.requests + compared, routes: [...one.routes, route] });
  }
  return [...found].map(([reason, rest]) => ({ reason, ...rest }));
}

/** Places that follow from another one. */
const FOLLOWS = /^header:(content-length|etag|transfer-encoding)$/;

function exampleOf(cell: Cell | undefined): TryAnswers['causes'][number]['example'] {
  const first = cell?.exemplars[0];
  return first ? { request: first.request, old: first.old, new: first.new } : null;
}
