import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Aggregate, Shard } from '../model/aggregate.ts';
import { MigrateError } from '../model/errors.ts';
import type { Io } from '../report/io.ts';
import { printSamples } from '../report/shadow/samples.ts';
import {
  collectShadow,
  type GivenSide,
  type LaunchOptions,
  launchSides,
  openProgress,
  type Progress,
  type RunOptions,
  type RunStart,
  type SideName,
  samplePlan,
  type Traffic,
} from '../shadow/index.ts';
import { ownerOfStart } from './shadow-corners.ts';
import { writeAggregate } from './shadow-files.ts';
import { forgetProgress, requireSame } from './shadow-resume.ts';

/** One attempt at a run: the first, or one that goes on where a killed one was. */
export interface Attempt {
  sides: { old: GivenSide; new: GivenSide };
  traffic: Traffic;
  options: RunOptions;
  shard: Shard | undefined;
  /** The run's folder, absolute. */
  out: string;
  /** How the sides are started. */
  launch: Pick<LaunchOptions, 'readyTimeoutMs' | 'effects' | 'state'>;
  start: RunStart;
  before: Progress | null;
  /** Whether it is asked who caused what differs. */
  attribute: boolean;
}

/** Exchanges whose secrets are known before the sides start; those of others are when they are sent. */
const LEARNED = 2_000;

/**
 * Launches the sides, compares, and leaves what was counted in the run's folder: part by part while it goes, whole at
 * the end. No process and no copy of a side is left.
 *
 * @returns what was counted, and what other servers answered the old side
 */
export async function compareSides(
  io: Io,
  attempt: Attempt,
): Promise<{ aggregate: Aggregate; answers: LaunchOptions['answers'] }> {
  const { traffic, options, shard, out, start, before } = attempt;
  const isNew = mkdirSync(out, { recursive: true }) !== undefined;
  // A side may print them before it is asked for anything.
  for (const { request } of traffic.exchanges.slice(0, LEARNED)) options.redact?.request(request);
  const ledger = await openProgress(out, start, before);
  let notStarted: SideName | null = null;
  try {
    const launched = await launchSides(attempt.sides, {
      ...{ cwd: io.cwd, logs: logsOf(out, before !== null), ...attempt.launch, signal: io.signal },
      redact: (text) => options.redact?.text(text) ?? text,
      progress: (text) => io.progress(text),
      notice: (text) => io.note(text),
      notStarted: (side) => {
        notStarted = side;
      },
    });
    try {
      const { old, new: next } = launched.sides;
      const marks = {
        'the old runtime': versionOf(old.identity),
        'the new runtime': versionOf(next.identity),
        ...(next.identity.layer && { 'the runtime of the layer': versionOf(next.identity.layer) }),
      };
      // An attempt that was killed while its sides started has not noted them.
      if (start.marks['the old runtime'] === undefined) await ledger.mark(marks);
      else requireSame(start, marks);
      printSamples(io, samplePlan(traffic.exchanges, { ...options, shard }));
      if (ledger.upTo > 0)
        io.note(`${ledger.upTo} exchanges were compared before; they are sent again for the sides' state.`);
      const aggregate = await collectShadow(launched.sides, traffic, {
        ...{ ...options, id: start.id, shard, ledger, notes: launched.notes },
        progress: (done, of) => io.progress(`${done + 1} of ${of} exchanges`),
      });
      const broken = ledger.broken();
      if (broken !== null) io.note(`A part of this run could not be noted for --resume: ${broken}.`);
      try {
        writeAggregate(out, aggregate);
      } catch (error) {
        // The verdict is still to be told; that it could not be kept is told with it.
        io.note(`What was counted could not be kept: ${(error as Error).message}.`);
      }
      return { aggregate, answers: launched.sides.egress?.book };
    } finally {
      io.progress('stopping');
      await launched.close();
      io.progress(null);
    }
  } catch (error) {
    // What was compared is kept; a run that never began leaves its logs, which are evidence, or nothing.
    if (ledger.upTo === 0 && !ledger.noted()) forgetProgress(out);
    if (notStarted !== 'new' || !attempt.attribute || !(error instanceof MigrateError)) throw error;
    const given = { ...attempt.sides, options, start: attempt.launch, logs: logsOf(out, before !== null) };
    throw await ownerOfStart(io, error, given);
  } finally {
    await ledger.close();
    if (isNew && readdirSync(out).length === 0) rmSync(out, { recursive: true });
  }
}

const versionOf = ({
  runtime,
  version,
  compatibilityDate = '',
}: {
  runtime: string;
  version: string;
  compatibilityDate?: string | undefined;
}): string => `${runtime} ${version} ${compatibilityDate}`.trim();

/** Logs of an attempt that was killed are kept beside those of the next. */
function logsOf(out: string, resumed: boolean): string {
  const logs = join(out, 'logs');
  if (!resumed || !existsSync(logs)) return logs;
  const before = readdirSync(logs).filter((name) => name.startsWith('attempt-')).length;
  return join(logs, `attempt-${before + 2}`);
}
