import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makerLives } from '../workspace/alive.ts';
import { type Egress, type SideName, startEgress } from './effects/egress.ts';
import type { Snapshot } from './effects/files.ts';
import { environmentDifferences } from './environment.ts';
import type { Sides } from './side.ts';
import { type GivenSide, type LaunchOptions, type StartedSide, startSide } from './start-side.ts';
import { proveState } from './state.ts';

/** Copies stand in the system's folder for temporary files, named after the process that made them. */
const SCRATCH = 'migrate-shadow-';

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

/**
 * Starts one application as the new side of a run is started, and stops it again.
 *
 * @throws MigrateError as {@link launchSides}
 */
export async function startAlone(given: GivenSide, options: LaunchOptions): Promise<void> {
  const scratch = await newScratch();
  const egress = options.effects === false ? undefined : await startEgress();
  try {
    const { stop } = await startSide('old', given, join(scratch, '1'), options, egress);
    await stop();
  } finally {
    await egress?.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
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

/** The real path: the application sees it, and it must be recognised in its answers. */
async function newScratch(): Promise<string> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), `${SCRATCH}${process.pid}-`)));
  await sweep();
  return scratch;
}

/** Removes copies whose run was killed before it could. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${SCRATCH}(\\d+)-`).exec(name)?.[1];
    const copy = join(tmpdir(), name);
    if (owner === undefined || makerLives(Number(owner), copy)) continue;
    await rm(copy, { recursive: true, force: true }).catch(() => {});
  }
}
