import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Egress, type SideName, startEgress } from '../effects/egress.ts';
import type { Snapshot } from '../effects/files.ts';
import { newScratch } from '../scratch.ts';
import { environmentDifferences } from './environment.ts';
import type { LiveSide, Sides } from './side.ts';
import { type GivenSide, type LaunchOptions, type StartedSide, startSide } from './start-side.ts';
import { proveState } from './state.ts';

/** Running sides and the way to end them: stops every process and removes every copy. */
export interface Launched {
  sides: Sides;
  notes: string[];
  close(): Promise<void>;
}

/**
 * Starts old, old again and new, each in a fresh copy of its folder: the user's tree is never written to, and every
 * side begins with the same state. Nothing is left behind when a start fails.
 *
 * @throws MigrateError of the runtimes: unknown runtime, crash at start, never ready (exit code 3)
 */
export async function launchSides(
  given: { old: GivenSide; new: GivenSide },
  options: LaunchOptions,
): Promise<Launched> {
  const scratch = await newScratch();
  let running: Running | null = null;
  let rounds = 0;
  const close = async () => {
    await running?.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  const begin = async (): Promise<Running> => {
    // What a side said before it was started again is evidence.
    const logs = ++rounds === 1 ? options.logs : join(options.logs, `start-${rounds}`);
    // Nor are calls to other servers made a second time.
    const answers = running?.sides.egress?.book ?? options.answers;
    const round = join(scratch, String(rounds));
    const now = await startAll(given, round, { ...options, logs, ...(answers && { answers }) });
    running = now;
    now.sides.renew = async () => {
      await now.stop();
      await rm(round, { recursive: true, force: true, maxRetries: 3 });
      return (await begin()).sides;
    };
    return now;
  };
  try {
    const { sides, notes } = await begin();
    return { sides, notes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One running application, and the way to end it: stops its processes and removes its copy. */
export interface LaunchedAlone {
  side: LiveSide;
  notes: string[];
  /** Its way out, where it is watched. */
  egress?: Egress;
  close(): Promise<void>;
}

/**
 * Starts one application in a fresh copy of its folder, with no other beside it. Nothing is left behind when that fails.
 *
 * @throws MigrateError as {@link launchSides}
 */
export async function launchAlone(given: GivenSide, options: LaunchOptions): Promise<LaunchedAlone> {
  const scratch = await newScratch();
  let egress: Egress | undefined;
  let started: StartedSide | undefined;
  const close = async () => {
    await started?.stop();
    await egress?.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    egress = options.effects === false ? undefined : await startEgress(options.answers);
    started = await startSide('old', given, join(scratch, '1'), options, egress);
    return { side: started.side, notes: started.notes, ...(egress && { egress }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Starts one application as the new side of a run is started, and stops it again.
 *
 * @throws MigrateError as {@link launchSides}
 */
export async function startAlone(given: GivenSide, options: LaunchOptions): Promise<void> {
  const { close } = await launchAlone(given, options);
  await close();
}

interface Running {
  sides: Sides;
  notes: string[];
  stop(): Promise<void>;
}

async function startAll(
  given: { old: GivenSide; new: GivenSide },
  scratch: string,
  options: LaunchOptions,
): Promise<Running> {
  const egress: Egress | undefined =
    options.effects === false ? undefined : await startEgress(options.answers);
  const started: StartedSide[] = [];
  const states = new Map<SideName, Snapshot>();
  const stop = async () => {
    await Promise.all(started.map((one) => one.stop()));
    await egress?.close();
  };
  try {
    const launch = async (name: SideName) => {
      const one = await startSide(name, name === 'new' ? given.new : given.old, scratch, options, egress);
      started.push(one);
      if (one.state) states.set(name, one.state);
      return one;
    };
    const [old, again, next] = [await launch('old'), await launch('again'), await launch('new')];
    const sides: Sides = { old: old.side, again: again.side, new: next.side };
    if (egress) sides.egress = egress;
    if (options.state) sides.state = proveState(options.state, states);
    const differences = environmentDifferences(old.environment, next.environment);
    return { sides, notes: [...old.notes, ...next.notes, ...differences], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
