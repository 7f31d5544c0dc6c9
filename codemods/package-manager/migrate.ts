import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodemodInput } from '../../src/codemod/contract.ts';
import type { Manager } from './managers.ts';
import { type Project, rangesIn } from './project.ts';
import { runManager, scratchCopy, timedInstall } from './scratch.ts';
import { readTree, type Tree } from './tree.ts';

interface Side {
  tree: Tree;
  times: { cold: number; warm: number };
}

/** What a change of the package manager came to, in scratch copies. */
export interface Migrated {
  before: Side;
  after: Side;
  lockfile: string;
  /** package.json files that the new manager wrote otherwise, by path. */
  manifests: ReadonlyMap<string, string>;
}

/**
 * Installs a project as it is, has the new manager take the lockfile over, and installs that.
 *
 * @throws MigrateError `INSTALL_FAILED` (exit code 3)
 */
export async function migrate(
  input: CodemodInput,
  project: Project,
  from: Manager,
  to: Manager,
): Promise<Migrated> {
  const { signal, progress } = input;
  const whole = rangesIn(project).some(({ range }) => /^(?:file|link):/.test(range));
  const copies = [await scratchCopy(input, whole), await scratchCopy(input, whole)];
  const [old, next] = copies as [(typeof copies)[number], (typeof copies)[number]];
  try {
    progress(`installing with ${from.name}`);
    // What fetches it is no part of what it takes.
    if (from.command.length > 1) await runManager(from, ['--version'], old.root, signal);
    const before = {
      times: await timedInstall(from, old.root, signal),
      tree: readTree(old.root, project.folders),
    };
    progress(`taking the lockfile over with ${to.name}`);
    await takeOver(from, to, next.root, signal);
    for (const name of [from.lockfile, ...from.own]) await rm(join(next.root, name), { force: true });
    progress(`installing with ${to.name}`);
    const after = {
      times: await timedInstall(to, next.root, signal),
      tree: readTree(next.root, project.folders),
    };
    const manifests = new Map<string, string>();
    for (const path of project.manifests.keys())
      manifests.set(path, await readFile(join(next.root, path), 'utf8'));
    return { before, after, manifests, lockfile: await readFile(join(next.root, to.lockfile), 'utf8') };
  } finally {
    for (const each of copies) await each.drop();
  }
}

/** Bun reads the others' lockfiles; npm reads one of Yarn, which Bun writes. */
async function takeOver(from: Manager, to: Manager, root: string, signal: AbortSignal): Promise<void> {
  if (to.name === 'bun') {
    await runManager(to, ['install', '--lockfile-only', '--ignore-scripts'], root, signal);
    return;
  }
  await runManager(from, ['install', '--frozen-lockfile', '--ignore-scripts', '--yarn'], root, signal);
  await rm(join(root, 'node_modules'), { recursive: true, force: true });
  await runManager(
    to,
    ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'],
    root,
    signal,
  );
  if (existsSync(join(root, 'yarn.lock'))) await rm(join(root, 'yarn.lock'));
}
