import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Aggregate } from '../model/aggregate.ts';
import { MigrateError } from '../model/errors.ts';
import { type Progress, type RunStart, readProgress } from '../shadow/index.ts';
import { fingerprint } from '../workspace/fingerprint.ts';
import { findRun, readAggregate } from './shadow-files.ts';

/** A run that was killed or interrupted. */
export interface EarlierRun {
  folder: string;
  progress: Progress;
  /** All that was counted, when it was killed after the last comparison: no side has to start again for it. */
  aggregate: Aggregate | null;
}

/**
 * Finds the run to go on with: the newest unfinished one, or the one that is named.
 *
 * @throws MigrateError NO_SUCH_RUN, NOTHING_TO_RESUME
 */
export async function earlierRun(
  cwd: string,
  given: string | undefined,
  resolve: (path: string) => string,
): Promise<EarlierRun> {
  const folder = findRun(cwd, given, resolve, [
    'progress.log',
    ...(given === undefined ? [] : ['report.json']),
  ]);
  const progress = await readProgress(folder);
  if (!progress) {
    throw new MigrateError('NOTHING_TO_RESUME', `The run in ${folder} is complete, or was not begun.`, {
      hint: 'Start a new one: migrate shadow run --old … --new … --traffic …',
    });
  }
  const { start } = progress;
  if (start.cwd !== cwd) {
    throw new MigrateError('NOTHING_TO_RESUME', `Run ${start.id} was started in ${start.cwd}.`, {
      hint: 'Resume it there: its paths are relative to that folder.',
    });
  }
  const known = existsSync(join(folder, 'aggregate.json')) ? readAggregate(folder) : null;
  return { folder, progress, aggregate: known && !known.interrupted ? known : null };
}

/** Fingerprints of everything a run reads, by its name for people. @param paths name to absolute path */
export async function marksOf(paths: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const marks = Object.entries(paths).map(async ([name, path]) => [name, await fingerprint(path)]);
  return Object.fromEntries(await Promise.all(marks));
}

/**
 * Refuses to add comparisons of one thing to those of another.
 *
 * @throws MigrateError RUN_CHANGED (exit 3) naming what is not what it was
 */
export function requireSame(start: RunStart, marks: Readonly<Record<string, string>>): void {
  for (const [name, mark] of Object.entries(marks)) {
    if (start.marks[name] === mark) continue;
    throw new MigrateError(
      'RUN_CHANGED',
      `Run ${start.id} cannot be resumed: ${name} changed since it was started.`,
      { hint: 'Start a new run: what was compared before says nothing about what is there now.' },
    );
  }
}

/** Removes what only an unfinished run needs. */
export const forgetProgress = (folder: string): void => rmSync(join(folder, 'progress.log'), { force: true });
