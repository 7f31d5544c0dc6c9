import { MigrateError } from '../model/errors.ts';
import type { TryFigures } from '../model/try.ts';
import {
  type Asked,
  closedLoop,
  cpuBetween,
  cpuClock,
  isFine,
  type LiveSide,
  launchAlone,
  pool,
  queueClock,
  random,
  rehearseAlone,
  shuffled,
} from '../shadow/index.ts';
import { type Context, launchOptions, type Row, titleOf } from './context.ts';
import { type Round, summarise } from './figures.ts';

/** Starts of each row: the fewest that give a median an interval. */
export const ROUNDS = 6;
/** Requests under way at once. */
export const AT_ONCE = 8;
/** Part of a round's load that is not counted: compilers and caches settle in it. */
const WARM_UP = 0.35;
/** ms each row is asked one request after the other, each round. */
const ALONE_MS = 150;
/** A refused connection is asked again this soon. */
const POLL_MS = 3;
/** A row that answers less of the load with the status of the baseline is not measured; else all are on what is common. */
const LEAST_COMMON = 0.5;

/** A row to be measured, and what came of it. */
interface Measuring {
  row: Row;
  rounds: Round[];
  /** Why it is not measured any further. */
  stopped: string | null;
}

/** What was measured of each row, in their order; and requests of the load that all of them answer alike. */
export interface Measured {
  figures: TryFigures[];
  requests: number;
  /** Part of the time, 0..1, that the processes waited for a core. */
  queued: number;
}

/**
 * Measures rows in rounds. In each round every row has one turn, in an order that is drawn anew: its processes are started
 * afresh, warmed up, loaded and stopped, so that an interval tells what another start would have given.
 *
 * @param expected the status that is the usual answer, by exchange index: the load
 */
export async function measureRows(
  rows: readonly Row[],
  expected: ReadonlyMap<number, number>,
  context: Context,
): Promise<Measured> {
  const { options } = context;
  const { seconds, progress, signal } = options;
  const all = rows.map((row): Measuring => ({ row, rounds: [], stopped: null }));
  const common = await commonLoad(all, expected, context);
  const next = random(1);
  let [queued, waited] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of shuffled(all, next)) {
      if (one.stopped !== null) continue;
      signal.throwIfAborted();
      progress(`measuring, round ${round + 1} of ${ROUNDS}: ${titleOf(one.row.way)}`);
      const taken = await turn(one.row, common, (1000 * seconds) / ROUNDS, context);
      if (typeof taken === 'string') one.stopped = taken;
      else {
        one.rounds.push(taken);
        queued += taken.alone.queued;
        waited += taken.alone.service;
      }
    }
  }
  progress(null);
  return {
    figures: all.map(({ rounds, stopped }) => summarise(rounds, stopped)),
    requests: common.size,
    queued: queued / Math.max(1e-9, waited),
  };
}

/** The requests that every row which is measured answers with the baseline's status. */
async function commonLoad(
  all: readonly Measuring[],
  expected: ReadonlyMap<number, number>,
  context: Context,
): Promise<ReadonlySet<number>> {
  let common = new Set(expected.keys());
  for (const one of all) {
    context.options.progress(`rehearsing the load: ${titleOf(one.row.way)}`);
    const mine = await withRow(one.row, context, async (side) => {
      const asked = await load(side, expected.keys(), context);
      return new Set([...asked].flatMap(([i, { status }]) => (status === expected.get(i) ? [i] : [])));
    });
    if (typeof mine === 'string') one.stopped = mine;
    else if (mine.size < LEAST_COMMON * expected.size)
      one.stopped = `${expected.size - mine.size} of ${expected.size} requests of the load get another status`;
    else common = new Set([...common].filter((index) => mine.has(index)));
  }
  return common;
}

/** Asks for the traffic up to the last request of the load, and gives those of the load as they are asked again. */
async function load(
  side: LiveSide,
  wanted: Iterable<number>,
  { options, exchanges }: Context,
): Promise<Map<number, Asked>> {
  const indices = new Set(wanted);
  const last = Math.max(0, ...indices);
  // What changes data is not sent: no round may begin otherwise than the one before. A login is.
  const heard = await rehearseAlone(
    side,
    exchanges.filter(
      ({ index, source }) => indices.has(index) || (index <= last && source.startsWith('login:')),
    ),
    { writes: 'refused', timeoutMs: options.timeoutMs, signal: options.signal },
  );
  return new Map(
    heard.flatMap(({ exchange, asked }) =>
      asked && indices.has(exchange.index) ? [[exchange.index, asked] as const] : [],
    ),
  );
}

/** Starts a row, does something with it, and stops it. A sentence where it did not start or ended. */
async function withRow<T>(
  row: Row,
  context: Context,
  work: (side: LiveSide) => Promise<T>,
): Promise<T | string> {
  const { signal } = context.options;
  const name = `measure-${row.way.spec}-${row.way.code}`;
  // Watching what a row does would be part of what is measured.
  const launch = { ...launchOptions(context, name, row.env), effects: false, readyPollMs: POLL_MS };
  try {
    const { side, close } = await launchAlone(row.given, launch);
    try {
      const done = await work(side);
      const crash = side.crashed();
      return crash === null ? done : `it ended under load: ${crash}`;
    } finally {
      await close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof MigrateError)) throw error;
    return `it did not start again: ${error.message.replace(/\.$/, '')}`;
  }
}

async function turn(
  row: Row,
  common: ReadonlySet<number>,
  ms: number,
  context: Context,
): Promise<Round | string> {
  const { timeoutMs, signal } = context.options;
  return withRow(row, context, async (side): Promise<Round> => {
    const asked = [...(await load(side, common, context)).values()];
    const none = { service: [], failed: { count: 0, first: null }, wallMs: 1, own: 0 };
    const [warmUpMs, countedMs] = [WARM_UP * ms, (1 - WARM_UP) * ms];
    const loop =
      asked.length === 0
        ? none
        : await closedLoop(side.origin, asked, { atOnce: AT_ONCE, warmUpMs, countedMs, timeoutMs, signal });
    const memory = await side.memory();
    const alone = await askAlone(side, asked, timeoutMs, signal);
    return { startMs: side.identity.startMs ?? 0, loop, memory, alone };
  });
}

/** Asks one request after the other, and sets the CPU time of the row's processes against the time to the answers. */
async function askAlone(
  side: LiveSide,
  asked: readonly Asked[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Round['alone']> {
  const pids = (await side.processes?.()) ?? [];
  const wire = pool(side.origin);
  const sum = { requests: 0, service: 0, cpu: 0, queued: 0, isFine: isFine(cpuClock(pids)) };
  const both = [...pids, process.pid];
  try {
    const [before, queue] = [cpuClock(pids), queueClock(both)];
    const began = performance.now();
    for (let k = 0; asked.length > 0 && (k < 3 || performance.now() - began < ALONE_MS); k++) {
      const one = asked[k % asked.length];
      if (!one) break;
      const { service } = await wire.ask(one, timeoutMs, signal);
      sum.requests++;
      sum.service += service;
    }
    sum.cpu = cpuBetween(before, cpuClock(pids));
    sum.queued = cpuBetween(queue, queueClock(both));
  } finally {
    await wire.close();
  }
  return sum;
}
