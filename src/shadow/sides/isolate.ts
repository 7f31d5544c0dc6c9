import { constants, existsSync, realpathSync } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, symlink, utimes } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { digestFile } from '../../workspace/digest.ts';

/** Never copied: history, our own state, and what is linked instead. */
const LEFT_OUT = new Set(['.git', '.migrate', 'node_modules', '.wrangler']);
/** An application with more than this beside its dependencies is not copied three times in passing. */
const MAX_BYTES = 2 * 1024 * 1024 * 1024;

/**
 * Copies an application so that what it writes stays in the copy. Installed packages are linked, not copied; files keep
 * their modification times, because ETag and Last-Modified are made from them. Links inside the folder stay links.
 *
 * @param into a new folder; the application stands in `<into>/app`
 * @returns the copy's folder
 * @throws MigrateError NO_SUCH_FOLDER, COPY_TOO_LARGE
 */
export async function isolatedCopy(dir: string, into: string, signal?: AbortSignal): Promise<string> {
  const stats = await lstat(realOf(dir)).catch(() => null);
  if (!stats?.isDirectory()) throw new MigrateError('NO_SUCH_FOLDER', `There is no folder ${dir}.`);
  const from = realOf(dir);
  const app = join(into, 'app');
  const budget = { left: MAX_BYTES };
  await copyFolder(from, app, { root: from, copy: app, budget, dir, signal });
  const above = ancestorModules(dirname(from));
  if (above) await symlink(above, join(into, 'node_modules'), 'junction');
  return app;
}

const realOf = (dir: string): string => (existsSync(dir) ? realpathSync(dir) : dir);

interface Copying {
  root: string;
  copy: string;
  dir: string;
  budget: { left: number };
  signal?: AbortSignal;
}

async function copyFolder(from: string, to: string, copying: Copying): Promise<void> {
  copying.signal?.throwIfAborted();
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.name === 'node_modules') await symlink(realOf(source), target, 'junction');
    else if (LEFT_OUT.has(entry.name)) continue;
    else if (entry.isDirectory()) await copyFolder(source, target, copying);
    else if (entry.isSymbolicLink()) await copyLink(source, target, copying);
    else if (entry.isFile()) await copyOne(source, target, copying);
  }
}

async function copyOne(source: string, target: string, { budget, dir }: Copying): Promise<void> {
  const stats = await lstat(source);
  budget.left -= stats.size;
  if (budget.left < 0) {
    throw new MigrateError(
      'COPY_TOO_LARGE',
      `${dir} holds more than 2 GB beside its packages, too much to copy for each side.`,
      {
        hint: 'Point at the application’s own folder, or move its data out of it.',
      },
    );
  }
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  // In seconds as a number: a Date would cut off what is below a millisecond, which runtimes treat differently.
  await utimes(target, stats.atimeMs / 1000, stats.mtimeMs / 1000);
}

/** A link to a place inside the folder points into the copy; one that leaves it keeps its target. */
async function copyLink(source: string, target: string, { root, copy }: Copying): Promise<void> {
  const to = resolve(dirname(source), await readlink(source));
  const inside = relative(root, to);
  const leaves = inside.startsWith('..') || inside.startsWith(sep);
  await symlink(leaves ? to : join(copy, inside), target);
}

/** The nearest `node_modules` above a folder: what a workspace's packages resolve against. */
function ancestorModules(dir: string): string | null {
  const here = join(dir, 'node_modules');
  if (existsSync(here)) return realpathSync(here);
  const up = dirname(dir);
  return up === dir ? null : ancestorModules(up);
}

/**
 * Gives files with the same path and content in both copies the same modification time: two checkouts of one file
 * differ in it, and static file servers make their ETag from it.
 */
export async function alignTimes(reference: string, copy: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  for (const entry of await readdir(reference, { withFileTypes: true })) {
    const [a, b] = [join(reference, entry.name), join(copy, entry.name)];
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && existsSync(b)) await alignTimes(a, b, signal);
      continue;
    }
    if (!entry.isFile()) continue;
    const [mine, other] = [await lstat(a), await lstat(b).catch(() => null)];
    if (!other?.isFile() || other.size !== mine.size || other.mtimeMs === mine.mtimeMs) continue;
    if ((await digestFile(a)) === (await digestFile(b)))
      await utimes(b, mine.atimeMs / 1000, mine.mtimeMs / 1000);
  }
}
