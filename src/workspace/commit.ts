import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { JournalEntry } from '../model/state.ts';
import { makerLives } from './alive.ts';
import { writeFileAtomic } from './atomic.ts';
import { git, gitEnvironment, headSha } from './git.ts';
import { adopt, applyWrites, entries, entryFolder, type PlannedWrite, setStage } from './journal.ts';

/** The line of a commit's message by which a change is found again. */
const TRAILER = 'Migrate-Change';
/** How long an interrupted run's git may go on (a hook that tests), and how long its lock may outlive it. */
const GIT_MS = 60_000;
const LOCK_MS = 2_000;
/** How much of what a hook said is repeated. */
const MOST_LINES = 20;

export interface CommitOptions {
  label: string;
  message: string;
  /** What goes into `.migrate/journal/<id>/step.json` before git is asked, so that a run cut off can be completed. */
  pending?: unknown;
  signal?: AbortSignal;
  onStep?(step: string): void;
}

/**
 * Writes files through the journal and commits exactly them, by plain `git commit`: the user's hooks and signing are run.
 * Where git refuses, every byte and the index are as before. Call it inside `withLock`, with a clean tree.
 *
 * @throws MigrateError `COMMIT_REFUSED` (exit 4) with what git or the hook said, `CHANGED_SINCE`, or the signal's reason
 */
export async function applyAndCommit(
  root: string,
  writes: readonly PlannedWrite[],
  options: CommitOptions,
): Promise<{ entry: JournalEntry; commit: string }> {
  const base = await headSha(root);
  if (base === null) throw new MigrateError('NO_COMMIT', 'There is no commit to build on.');
  const { label, signal, onStep, message, pending } = options;
  const entry = await applyWrites(root, writes, {
    ...{ label, base, ...(signal && { signal }), ...(onStep && { onStep }) },
    within: async (prepared) => {
      const paths = prepared.files.map(({ path }) => path);
      if (pending !== undefined)
        writeFileAtomic(join(entryFolder(root, prepared.id), 'step.json'), `${JSON.stringify(pending)}\n`);
      try {
        await stage(root, prepared, paths);
        await commit(root, prepared, `${message}\n${TRAILER}: ${prepared.id}\n`);
      } catch (error) {
        await unstage(root, paths);
        throw error;
      }
      return adopt(root, prepared);
    },
  });
  return { entry, commit: (await headSha(root)) ?? base };
}

/**
 * Settles what a run that was cut off left between its files and its commit: where the commit was made the change is
 * complete; where not, the index is as it was, and the journal's recovery takes the files back.
 *
 * @returns the changes that turned out to be committed
 * @throws MigrateError `COMMIT_RUNNING` (exit 3) while the git of that run still goes on
 */
export async function finishCommits(root: string): Promise<JournalEntry[]> {
  const made: JournalEntry[] = [];
  for (const entry of entries(root)) {
    if (entry.stage !== 'prepared' || entry.base === undefined) continue;
    await waitForGit(root, entry);
    if (await isCommitted(root, entry)) made.push(setStage(root, adopt(root, entry), 'committed'));
    else
      await unstage(
        root,
        entry.files.map(({ path }) => path),
      );
  }
  return made;
}

async function stage(root: string, entry: JournalEntry, paths: readonly string[]): Promise<void> {
  const done = await run(root, entry, ['add', '--all', '--', ...paths.map(literal)]);
  if (done.ok) return;
  throw new MigrateError('COMMIT_REFUSED', `git does not take the files up: ${firstLine(done.said)}`, {
    hint: 'The files are as they were.',
    exitCode: ExitCode.reverted,
  });
}

async function commit(root: string, entry: JournalEntry, message: string): Promise<void> {
  const file = join(entryFolder(root, entry.id), 'message');
  writeFileSync(file, message);
  const done = await run(root, entry, ['commit', '--quiet', '--file', file]);
  if (done.ok) return;
  const lines = done.said.trim().split('\n');
  const shown = lines.slice(-MOST_LINES).join('\n      ');
  throw new MigrateError('COMMIT_REFUSED', 'git refused the commit; every file is as it was.', {
    hint: shown === '' ? 'git said nothing: look at the hooks of this repository.' : shown,
    exitCode: ExitCode.reverted,
  });
}

/** Runs git as the user would, its process named beside the journal's entry: it may outlive us. */
function run(
  root: string,
  entry: JournalEntry,
  args: readonly string[],
): Promise<{ ok: boolean; said: string }> {
  return new Promise((resolved) => {
    const child = execFile(
      'git',
      [...args],
      { cwd: root, env: gitEnvironment(), maxBuffer: 1024 ** 3 },
      (error, out, err) => resolved({ ok: error === null, said: `${out}${err}` }),
    );
    child.stdin?.end();
    if (child.pid !== undefined) writeFileSync(pidFile(root, entry), String(child.pid));
  });
}

const pidFile = (root: string, { id }: JournalEntry): string => join(entryFolder(root, id), 'git.pid');

async function unstage(root: string, paths: readonly string[]): Promise<void> {
  const reset = await git(root, ['reset', '--quiet', '--', ...paths.map(literal)]);
  if (reset.ok) return;
  throw new MigrateError('GIT_REFUSED', `git cannot take back what was staged: ${firstLine(reset.err)}`, {
    hint: 'Run `git status`, follow what it says, then `migrate resume`.',
  });
}

async function waitForGit(root: string, entry: JournalEntry): Promise<void> {
  const mark = pidFile(root, entry);
  if (!existsSync(mark)) return;
  const pid = Number(readFileSync(mark, 'utf8'));
  const until = Date.now() + GIT_MS;
  while (pid > 0 && makerLives(pid, mark)) {
    if (Date.now() > until)
      throw new MigrateError('COMMIT_RUNNING', `The commit of ${entry.label} still runs (process ${pid}).`, {
        hint: 'Wait for it to end (a hook may be at work), then run the command again.',
      });
    await sleep(100);
  }
  // A git that was killed leaves its lock, and says itself that it is to be removed then.
  const { out } = await git(root, ['rev-parse', '--git-path', 'index.lock']);
  const lock = resolve(root, out.trim());
  for (let waited = 0; existsSync(lock) && waited < LOCK_MS; waited += 100) await sleep(100);
  const left = statSync(lock, { throwIfNoEntry: false });
  if (left && left.mtimeMs >= Date.parse(entry.at) - 1000) rmSync(lock, { force: true });
}

async function isCommitted(root: string, entry: JournalEntry): Promise<boolean> {
  const log = await git(root, ['log', '--format=%B', `${entry.base}..HEAD`]);
  if (log.ok && log.out.split('\n').includes(`${TRAILER}: ${entry.id}`)) return true;
  // A hook may have written the message anew.
  const paths = entry.files.map(({ path }) => literal(path));
  const head = await headSha(root);
  if (head === entry.base) return false;
  const same = await git(root, ['diff', '--quiet', 'HEAD', '--', ...paths]);
  const moved = await git(root, ['diff', '--quiet', `${entry.base}`, 'HEAD', '--', ...paths]);
  return same.ok && !moved.ok;
}

const literal = (path: string): string => `:(literal)${path}`;
const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
