import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadCodemod } from '../codemod/registry.ts';
import { runOrGoOn } from '../codemod/resume/index.ts';
import type { ChangeSet, LeftForYou } from '../model/changeset.ts';
import { MigrateError } from '../model/errors.ts';
import { addModules } from '../runtimes/index.ts';
import { isolatedCopy } from '../shadow/index.ts';
import type { Repository } from '../workspace/repository.ts';
import type { Given } from './starting/given.ts';
import { type Base, setUp } from './starting/prepare.ts';
import { entryOf } from './starting/start.ts';

/** The codemod that is tried, and how: what Express does by itself is left out where nobody reads it. */
const CODEMOD = 'express-to-hono';
const PARITY = 'idiomatic';

/** A converted application in scratch. */
export interface Converted {
  dir: string;
  /** Undefined: its Wrangler file says it. */
  entry: string | undefined;
  changes: ChangeSet;
  notes: string[];
}

/** Whether there is anything for the codemod to convert. */
export const isConvertible = ({ inventory }: Given): boolean =>
  inventory.routes.some(({ framework }) => framework === 'express');

/**
 * Converts a scratch copy for a runtime. The codemod reads the user's files and writes none.
 *
 * @param name the runtime's: node, bun, deno or workers
 * @throws MigrateError NOT_CONVERTED with the reason as its sentence, and of the codemod and the packages
 */
export async function convertedFor(
  name: string,
  { given, base, repository, into, signal, progress }: ConvertRequest,
): Promise<Converted> {
  progress?.(`converting for ${name}`);
  const changes = await runOrGoOn(await loadCodemod(CODEMOD), {
    ...{ repository, paths: repository.files, signal },
    options: { parity: PARITY, target: name },
  });
  const files = changes.files.filter(({ oldText, newText }) => oldText !== newText);
  if (files.length === 0) throw new MigrateError('NOT_CONVERTED', notConverted(changes.leftForYou));
  const unwritten = changes.leftForYou.find(({ rule }) => rule === 'workers/entry');
  if (unwritten) throw new MigrateError('NOT_CONVERTED', placed(unwritten));
  const dir = await isolatedCopy(base.dir, into, signal);
  for (const { path, newText } of files) {
    const file = join(dir, path);
    if (newText === null) await rm(file, { force: true });
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, newText);
    }
  }
  const now = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'));
  const { packageJson: before } = repository;
  const added = {
    ...only(now.devDependencies ?? {}, before.devDependencies),
    ...only(now.dependencies ?? {}, before.dependencies),
  };
  await addModules(dir, added, signal);
  // What is built is built of the code as it is now.
  await setUp(given, dir, signal);
  const entry = name === 'workers' ? undefined : await entryOf(given, dir);
  return { dir, entry, changes, notes: notesOf(changes) };
}

export interface ConvertRequest {
  given: Given;
  base: Base;
  /** The user's own, which is only read. */
  repository: Repository;
  into: string;
  signal: AbortSignal;
  progress?(text: string): void;
}

/** Dependencies that were added, or have another range now. */
const only = (
  now: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(now).filter(([name, range]) => before[name] !== range));

function notConverted(left: readonly LeftForYou[]): string {
  const first = left.find(({ blocks }) => blocks) ?? left[0];
  if (first === undefined) return `${CODEMOD} found nothing to convert`;
  return `${CODEMOD} converts nothing: ${placed(first)}`;
}

const placed = ({ reason, file, line }: LeftForYou): string => `${reason} (${file}:${line})`;

/** What stays in Express. */
function notesOf({ routes = [], leftForYou }: ChangeSet): string[] {
  const kept = routes.filter(({ world }) => world === 'express');
  const [first] = kept;
  if (!first) return [];
  const why = first.reason ?? leftForYou.find(({ rule }) => rule === 'worlds/stays')?.reason;
  return [`${kept.length} of ${routes.length} routes stay in Express beside Hono${why ? `: ${why}` : ''}`];
}
