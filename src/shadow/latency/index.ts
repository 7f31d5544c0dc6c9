import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange } from '../../model/exchange.ts';
import type { LatencyGate } from '../../model/gates.ts';
import type { LatencySection } from '../../model/latency.ts';
import { launchSides } from '../sides/launch.ts';
import type { Sides } from '../sides/side.ts';
import type { GivenSide, LaunchOptions } from '../sides/start-side.ts';
import type { RouteShape } from '../traffic/routes.ts';
import { type LoopProbe, loopProbe } from './loop-probe.ts';
import { type Measurements, measure } from './measure.ts';
import { DEFAULT_MARGIN, judgeLoad, lagLimit } from './outcome.ts';
import { blockMs, type LoadOptions, planLoad, STARTS } from './plan.ts';
import { NAMES, rehearse } from './rehearse.ts';
import { runtimeShare } from './share.ts';
import { coldStarts, summarise, timings } from './summary.ts';

export type { LoadOptions } from './plan.ts';

/** How the phase is done. */
export interface LatencyOptions extends LoadOptions {
  writes: 'refused' | 'isolated';
  routes: readonly RouteShape[];
  /** The margin it is judged by; default p95 at most 1.1 times, and 5 ms. */
  margin?: LatencyGate;
  timeoutMs?: number;
  signal?: AbortSignal;
  progress?(text: string): void;
}

/** Starts of the sides in ms, and how late the event loop of a side was. */
interface Known {
  starts?: Record<(typeof NAMES)[number], number[]>;
  loop?: LoopProbe;
}

/** ms one route of one side is asked alone, each time. */
const BURST_MS = 80;
/** A refused connection is asked again this soon while starts are timed. */
const POLL_MS = 3;

/**
 * The latency phase of a run, on processes of its own: those of the comparison are neither loaded nor instrumented. The
 * sides are started several times for their start-up, then once more for the load, each in a fresh copy of its folder.
 *
 * @throws MigrateError of the runtimes when a side does not start
 */
export async function latencyPhase(
  given: { old: GivenSide; new: GivenSide },
  exchanges: readonly Exchange[],
  start: Omit<LaunchOptions, 'effects' | 'instrument'>,
  options: LatencyOptions,
): Promise<LatencySection> {
  // Watching what the sides do would be part of what is measured.
  const launch: LaunchOptions = { ...start, effects: false };
  const starts = { old: [] as number[], again: [] as number[], new: [] as number[] };
  const wanted = options.starts ?? STARTS;
  for (let i = 0; i < wanted; i++) {
    options.progress?.(`start-up: ${i + 1} of ${wanted}`);
    const { sides, close } = await launchSides(given, {
      ...launch,
      progress: undefined,
      readyPollMs: POLL_MS,
    });
    for (const name of NAMES) starts[name].push(sides[name].identity.startMs ?? 0);
    await close();
  }
  const folder = join(launch.logs, 'event-loop');
  mkdirSync(folder, { recursive: true });
  const loop = loopProbe(folder);
  const launched = await launchSides(given, { ...launch, instrument: (side) => loop.instrument(side) });
  try {
    return await loadSides(launched.sides, exchanges, options, { starts, loop });
  } finally {
    await launched.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The load alone, on sides that run already. */
export async function loadSides(
  sides: Sides,
  exchanges: readonly Exchange[],
  options: LatencyOptions,
  known: Known = {},
): Promise<LatencySection> {
  const { timeoutMs = 10_000, signal, progress, margin = DEFAULT_MARGIN } = options;
  const plan = planLoad(options);
  progress?.('rehearsing the load');
  const { requests, leftOut } = await rehearse(sides, exchanges, { ...options, timeoutMs });
  const measured = await measure(
    sides,
    requests,
    requests.length === 0 ? { ...plan, warmUp: 0, blocks: 0 } : plan,
    {
      ...{ timeoutMs, signal },
      progress: (done, of) => progress?.(`latency: round ${done} of ${of}`),
    },
  );
  signal?.throwIfAborted();
  const crashes = NAMES.flatMap((side) => {
    const said = sides[side].crashed();
    return said === null ? [] : [{ side, said }];
  });
  const share =
    crashes.length > 0 || requests.length === 0
      ? { notMeasured: 'there was nothing to ask' }
      : await runtimeShare(sides, requests, {
          ...{ burstMs: Math.min(BURST_MS, blockMs(plan)), timeoutMs, signal },
        });
  const startsOf = (name: (typeof NAMES)[number]): number[] => {
    const { old = [], again = [], new: next = [] } = known.starts ?? {};
    return name === 'new' ? next : [...old, ...again];
  };
  const side = (name: (typeof NAMES)[number]) =>
    summarise(measured[name], {
      coldStart: coldStarts(startsOf(name)),
      loop: known.loop?.delays(
        name,
        measured[name].blocks.map(({ from, to }) => [from, to] as const),
      ) ?? { notMeasured: 'the side was not started for it' },
    });
  const section = {
    ...{ plan, requests: requests.length, margin },
    sides: { old: side('old'), again: side('again'), new: side('new') },
    timing: timings(measured, requests),
  };
  const lateOf = (name: (typeof NAMES)[number]) => {
    const limit = lagLimit(section.sides[name], margin);
    return measured[name].blocks.flatMap(({ samples }) => samples.filter(({ lag }) => lag > limit)).length;
  };
  const late = { old: lateOf('old'), again: lateOf('again'), new: lateOf('new') };
  return rounded({
    ...{ schema: 'migrate/shadow-latency', version: 1 },
    ...{ ...section, ...judgeLoad({ ...section, late, crashes, failures: failures(measured) }), share },
    leftOut: [...leftOut].map(([reason, count]) => ({ reason, requests: count })),
  });
}

/** Five digits are more than was measured, and a report of a readable size. */
const rounded = (section: LatencySection): LatencySection =>
  JSON.parse(
    JSON.stringify(section, (_, value) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value,
    ),
  );

function failures(measured: Measurements): Partial<Record<(typeof NAMES)[number], string>> {
  const first = (name: (typeof NAMES)[number]) =>
    measured[name].blocks.flatMap(({ samples }) => samples.flatMap(({ failed }) => failed ?? [])).at(0);
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const said = first(name);
      return said === undefined ? [] : [[name, said]];
    }),
  );
}
