import { launchAlone, rehearseAlone } from '../shadow/index.ts';
import { type Context, launchOptions, type Row, type TryOptions } from './context.ts';

/** What the baseline answers, before anything is held against it. */
export interface Survey {
  /** Exchanges that are compared. */
  exchanges: TryOptions['traffic']['exchanges'];
  /** Positions, by exchange index, of those that may be part of a load, with the status that is their usual answer. */
  load: ReadonlyMap<number, number>;
  /** Reason to how many requests are left out of the comparison or of the load. */
  leftOut: ReadonlyMap<string, number>;
  /** How long it took to its first answer, ms. */
  bootMs: number;
  notes: string[];
}

/** After so many requests without an answer, and none with one, there is no use in going on. */
const MOST_SILENT = 3;
/** Requests that take long to be given up are left out, and no more of them than this are waited for. */
const MOST_TIMED_OUT = 10;
/** A load needs variety, not all of a recording. */
const MOST_LOAD = 200;
const CALL_MS = 60;

/**
 * Starts the baseline alone and asks it everything once.
 *
 * @throws MigrateError of the runtimes when it does not start
 */
export async function survey(row: Row, context: Omit<Context, 'exchanges'>): Promise<Survey> {
  const { options } = context;
  const { traffic, writes, timeoutMs, signal } = options;
  options.progress('starting the application as it is today');
  const started = await launchAlone(row.given, launchOptions(context, 'survey', row.env));
  const { side, egress } = started;
  const leftOut = new Map<string, number>();
  const leave = (reason: string) => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  const calls = () => {
    const port = egress?.ports.old;
    return (port?.calls().length ?? 0) + [...(port?.tunnels().values() ?? [])].reduce((sum, n) => sum + n, 0);
  };
  const calling = new Set<number>();
  let [before, silent, answered] = [calls(), 0, 0];
  let last: number | null = null;
  const settle = () => {
    if (last !== null && calls() > before) calling.add(last);
    before = calls();
  };
  try {
    const heard = await rehearseAlone(side, traffic.exchanges, {
      ...{ writes, timeoutMs, signal },
      before(exchange) {
        settle();
        last = exchange.index;
        options.progress(`asking it: ${exchange.index} of ${traffic.exchanges.length} requests`);
      },
      after({ asked, timedOut }) {
        if (asked) answered++;
        if (timedOut) silent++;
        return (answered === 0 && silent >= MOST_SILENT) || silent >= MOST_TIMED_OUT;
      },
    });
    await new Promise((resolve) => setTimeout(resolve, CALL_MS));
    settle();
    const crash = side.crashed();
    const exchanges = heard.flatMap(({ exchange, asked, isStream }) => (asked || isStream ? [exchange] : []));
    const load = new Map<number, number>();
    for (const { exchange, asked, why } of heard) {
      const { index, request, source } = exchange;
      if (asked === null) leave(why);
      else if (source.startsWith('login:')) continue;
      else if (!/^(GET|HEAD|OPTIONS)$/i.test(request.method))
        leave('it changes data: compared, not measured');
      else if (asked.status >= 500) leave(`the original fails at it (status ${asked.status}): not measured`);
      else if (calling.has(index)) leave('the original calls another server for it: not measured');
      else if (load.size >= MOST_LOAD) leave(`beyond the first ${MOST_LOAD}: compared, not measured`);
      else load.set(index, asked.status);
    }
    const unasked = traffic.exchanges.length - heard.length;
    if (unasked > 0)
      leftOut.set(
        crash === null
          ? `not asked: ${silent} requests before had no answer within ${timeoutMs} ms`
          : 'not asked: the original had ended before',
        unasked,
      );
    const notes = started.notes.map((note) => note.replace(/^old side: /, ''));
    if (crash !== null) notes.push(`the original ends while it is asked: ${crash}`);
    return { exchanges, load, leftOut, bootMs: side.identity.startMs ?? 0, notes };
  } finally {
    options.progress(null);
    await started.close();
  }
}
