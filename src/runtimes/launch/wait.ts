import { MigrateError } from '../../model/errors.ts';
import type { AppExit, LaunchOptions } from '../contract.ts';
import type { Listener } from '../listen/hook.ts';
import type { CapturedLogs } from './logs.ts';
import { HOST } from './port.ts';
import { listeningPorts, processesOf } from './processes.ts';
import { answers } from './ready.ts';

const TAIL = 30;
/** Characters of one of these lines: a crash in a minified file quotes the whole line. */
const LONGEST = 300;
/** Stack frames inside Node itself: they push the message out of sight. */
const INSIDE_NODE = /^\s+at .*\(?node:/;
/** Of a stack the first frames tell where it was; more of them push the message out of sight, too. */
const FRAME = /^\s+at /;
const FRAMES = 4;
/** What an application that could not have its port says: Node and Bun, Deno. */
const PORT_TAKEN = /EADDRINUSE|address (is )?already in use/i;
/** How long the port in PORT may stay closed after an application opened one of its own, ms: it may open several. */
const SETTLED = 1_000;

/** An application that answers. */
export interface Ready {
  port: number;
  /** From its start to its first answer. */
  bootMs: number;
  notes: string[];
}

/** What is looked at while an application comes up. */
interface Starting {
  pid: number;
  at: number;
  logs: CapturedLogs;
  exited: Promise<AppExit>;
  exit(): AppExit | null;
  /** Ports of its own, moved to free ones. */
  listeners(): Listener[];
}

/**
 * Waits for an answer on the port in PORT, or on the one that an application of its own mind was moved to.
 *
 * @returns `port-taken` when another program got the port in PORT first
 * @throws MigrateError APP_CRASHED, APP_NOT_READY, PORT_TAKEN with the last log lines
 */
export async function waitUntilReady(
  started: Starting,
  port: number,
  options: LaunchOptions,
  label: string,
): Promise<Ready | 'port-taken'> {
  const timeoutMs = options.readyTimeoutMs ?? 20_000;
  const deadline = performance.now() + timeoutMs;
  const over = () => started.exit() !== null;
  const ask = (at: number, done: () => boolean) =>
    answers({
      url: `http://${HOST}:${at}${options.readyPath ?? '/'}`,
      timeoutMs: Math.max(0, Math.round(deadline - performance.now())),
      ...{ signal: options.signal, over: () => over() || done(), pollMs: options.readyPollMs },
    });
  const own = watchListeners(started.listeners);
  let [at, answered] = [port, await ask(port, own.settled)];
  let bootMs = performance.now() - started.at;
  const chosen = answered || over() ? null : own.chosen();
  if (chosen) {
    const asked = performance.now();
    [at, answered] = [chosen.got, await ask(chosen.got, () => false)];
    bootMs = own.since() - started.at + performance.now() - asked;
  }
  options.signal?.throwIfAborted();
  if (over()) {
    const end = await crashed(started, port, label);
    if (end === 'port-taken') return end;
    throw end;
  }
  const ports = await listeningPorts((await processesOf(started.pid)).map(({ pid }) => pid));
  if (answered && ports && !ports.includes(at)) return 'port-taken';
  // The free port that the system gave may be the very one in PORT.
  const moved = chosen ?? started.listeners().find(({ got }) => got === port) ?? null;
  if (answered) return { port: at, bootMs, notes: movedNotes(started.listeners(), moved) };
  const elsewhere = chosen ? [] : (ports?.filter((one) => one !== port) ?? []);
  const seen = chosen
    ? `it listens on ${nameOf(chosen)}, moved to a free one, but does not answer GET ${options.readyPath ?? '/'}`
    : elsewhere.length > 0
      ? `it listens on port ${elsewhere.join(', ')} instead of ${port}, the one in PORT`
      : ports?.includes(port)
        ? `it listens on port ${port} but does not answer GET ${options.readyPath ?? '/'}`
        : `it does not listen on port ${port}, the one in PORT`;
  const advice = elsewhere.length > 0 ? 'Let it listen on process.env.PORT.\n' : '';
  throw new MigrateError('APP_NOT_READY', `${label} answered nothing within ${timeoutMs} ms: ${seen}.`, {
    hint: advice + last(started.logs),
  });
}

/** Looks at the ports of its own that an application opens, and since when the first HTTP one has been open. */
function watchListeners(read: () => Listener[]) {
  let seen: Listener[] = [];
  let [first, latest] = [0, 0];
  const main = () => seen.find(({ http }) => http) ?? seen[0] ?? null;
  return {
    settled(): boolean {
      const now = read();
      if (now.length > seen.length) {
        const before = main();
        seen = now;
        latest = performance.now();
        if (main() !== null && main()?.got !== before?.got) first = latest;
      }
      return seen.length > 0 && performance.now() - latest > SETTLED;
    },
    since: () => first,
    chosen: main,
  };
}

const nameOf = ({ asked }: Listener): string => (asked === 0 ? 'a port of its own choice' : `port ${asked}`);

/** What the user should know about ports that were moved; the free ports themselves are of no use to anybody. */
function movedNotes(listeners: readonly Listener[], chosen: Listener | null): string[] {
  const others = listeners.filter((each) => each !== chosen && each.got !== chosen?.got && each.asked !== 0);
  return [
    ...(chosen
      ? [`It listens on ${nameOf(chosen)}, not on the one in PORT, and was moved to a free one.`]
      : []),
    ...(others.length > 0
      ? [`It also listens on ${others.map(nameOf).join(', ')}, moved to free ports; nothing is sent there.`]
      : []),
  ];
}

async function crashed(started: Starting, port: number, label: string): Promise<MigrateError | 'port-taken'> {
  const { code, signal } = await started.exited;
  const taken = started.logs.tail(40).filter((line) => PORT_TAKEN.test(line));
  if (taken.some((line) => line.includes(String(port)))) return 'port-taken';
  const other = /:(\d{1,5})\b/.exec(taken[0] ?? '')?.[1];
  if (other) {
    const sentence = `${label} listens on port ${other}, which another program has taken, and not on ${port}, the one in PORT.`;
    return new MigrateError('PORT_TAKEN', sentence, { hint: last(started.logs) });
  }
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  return new MigrateError('APP_CRASHED', `${label} ${how} before it answered a request.`, {
    hint: last(started.logs),
  });
}

function last(logs: CapturedLogs): string {
  const lines = logs
    .tail(5 * TAIL)
    .filter((line) => !INSIDE_NODE.test(line))
    .filter((_, at, all) => at < FRAMES || !all.slice(at - FRAMES, at + 1).every((one) => FRAME.test(one)))
    .slice(-TAIL)
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line));
  return lines.length > 0 ? `Its last output:\n  ${lines.join('\n  ')}` : 'It printed nothing.';
}
