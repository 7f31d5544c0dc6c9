import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { Aggregate } from '../model/aggregate.ts';
import { MigrateError } from '../model/errors.ts';
import { RunReport } from '../model/verdict.ts';
import { renderShadowHtml } from '../report/html.ts';
import { renderShadowMarkdown } from '../report/markdown.ts';
import { writeFileAtomic } from '../workspace/atomic.ts';

/** Writes what a report is made from. */
export const writeAggregate = (out: string, aggregate: Aggregate): void =>
  writeFileAtomic(join(out, 'aggregate.json'), `${JSON.stringify(aggregate)}\n`);

/**
 * Writes all forms of a report.
 *
 * @returns the files to open, HTML first
 */
export function writeReport(out: string, report: RunReport): string[] {
  const files = {
    'report.html': renderShadowHtml(report),
    'report.md': renderShadowMarkdown(report),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
  };
  return Object.entries(files).map(([name, text]) => {
    const file = join(out, name);
    writeFileAtomic(file, text);
    return file;
  });
}

/**
 * Finds a run: a folder, its report, an id under `.migrate/runs`, or the newest run there.
 *
 * @param files of which it has at least one
 * @throws MigrateError NO_SUCH_RUN
 */
export function findRun(
  cwd: string,
  given: string | undefined,
  resolve: (path: string) => string,
  files: readonly string[] = ['report.json', 'aggregate.json'],
): string {
  const [main = ''] = files;
  const runs = join(cwd, '.migrate', 'runs');
  if (given === undefined) {
    const newest = existsSync(runs)
      ? readdirSync(runs)
          .filter((name) => existsSync(join(runs, name, main)))
          .map((name) => ({ name, at: statSync(join(runs, name, main)).mtimeMs }))
          .sort((a, b) => b.at - a.at)[0]
      : undefined;
    if (newest) return join(runs, newest.name);
    throw new MigrateError(
      'NO_SUCH_RUN',
      `There is no ${main === 'progress.log' ? 'unfinished ' : ''}run under .migrate/runs.`,
      {
        hint: 'Run `migrate shadow run` first, or name the folder of a run.',
      },
    );
  }
  const path = resolve(given);
  for (const folder of [path, join(runs, given), path.replace(/[\\/](report|aggregate)\.json$/, '')])
    if (files.some((name) => existsSync(join(folder, name)))) return folder;
  throw new MigrateError(
    'NO_SUCH_RUN',
    `${given} is neither a run under .migrate/runs nor the folder of one.`,
    { hint: 'Name a folder of .migrate/runs; every run prints its own.' },
  );
}

/** @throws MigrateError RUN_UNREADABLE naming the file */
export const readReport = (folder: string): RunReport => read(join(folder, 'report.json'), RunReport);

/** @throws MigrateError RUN_UNREADABLE naming the file */
export const readAggregate = (folder: string): Aggregate => read(join(folder, 'aggregate.json'), Aggregate);

function read<T>(file: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MigrateError('RUN_UNREADABLE', `${file} cannot be read: ${(error as Error).message}.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MigrateError(
    'RUN_UNREADABLE',
    `${file} is no report of this version: ${issue?.path.join('.') || 'its root'}: ${issue?.message}.`,
  );
}
