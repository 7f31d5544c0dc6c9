import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import type { ChangeSet } from '../../model/changeset.ts';
import { cacheFolder } from '../../runtimes/provision/cache.ts';
import { installPackages } from '../../runtimes/provision/npm.ts';
import { DEPENDENCY_FIELDS } from '../../workspace/package-json.ts';
import type { Repository } from '../../workspace/repository.ts';

/** What tsc reads besides what it finds in node_modules. */
const READ_BY_TSC = /\.(?:[cm]?[jt]sx?|json)$/;

/**
 * The repository as it is or as a change set leaves it, in a scratch folder that the caller removes: sources and
 * configuration are copied, packages are links to the installed ones and to `extra`, a folder with more of them.
 */
export async function overlay(
  repository: Repository,
  { files }: ChangeSet,
  side: 'oldText' | 'newText',
  extra: string | null,
): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'migrate-types-'));
  const touched = new Map(
    files.filter((file) => file.oldText !== file.newText).map((file) => [file.path, file]),
  );
  for (const path of new Set([...repository.files, ...touched.keys()])) {
    const change = touched.get(path);
    if (!READ_BY_TSC.test(path)) continue;
    const text = change === undefined ? await repository.read(path) : change[side];
    if (text === null) continue;
    await mkdir(dirname(join(scratch, path)), { recursive: true });
    await writeFile(join(scratch, path), text);
  }
  const homes = new Set(['', ...repository.files.filter(isManifest).map((path) => posix.dirname(path))]);
  for (const home of homes) {
    const installed = join(repository.root, home, 'node_modules');
    const isOwn = home === '' || home === '.';
    if (!isOwn && !existsSync(installed)) continue;
    await mkdir(join(scratch, home, 'node_modules'), { recursive: true });
    await linkAll(installed, join(scratch, home, 'node_modules'));
    if (isOwn && extra !== null) await linkAll(extra, join(scratch, 'node_modules'));
  }
  return scratch;
}

const isManifest = (path: string): boolean => /(?:^|\/)package\.json$/.test(path);

/** A link for each package of a node_modules folder; what is there already stays. */
async function linkAll(from: string, to: string): Promise<void> {
  for (const name of await readdir(from).catch(() => [])) {
    if (name === '.bin' || name === '.package-lock.json') continue;
    if (name.startsWith('@')) {
      await mkdir(join(to, name), { recursive: true });
      await linkAll(join(from, name), join(to, name));
    } else if (!existsSync(join(to, name))) await symlink(join(from, name), join(to, name), 'junction');
  }
}

/** Packages that a change set adds to a package.json and that are not installed, as npm takes them, sorted by name. */
export function newPackages({ root }: Repository, { files }: ChangeSet): { name: string; range: string }[] {
  const found = new Map<string, string>();
  for (const { path, oldText, newText } of files) {
    if (!isManifest(path) || newText === null) continue;
    const before = rangesOf(oldText);
    for (const [name, range] of rangesOf(newText)) {
      const homes = [join(root, posix.dirname(path)), root];
      const isThere = homes.some((home) => existsSync(join(home, 'node_modules', name)));
      if (!before.has(name) && !isThere) found.set(name, range);
    }
  }
  return [...found].map(([name, range]) => ({ name, range })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function rangesOf(text: string | null): Map<string, string> {
  const json: unknown = text === null ? {} : JSON.parse(text);
  const fields = DEPENDENCY_FIELDS.map((field) => (json as Record<string, unknown>)[field]);
  return new Map(
    fields.flatMap((field) => (typeof field === 'object' && field !== null ? Object.entries(field) : [])),
  );
}

/**
 * A node_modules folder with these packages, from the cache or fetched with npm; no script of theirs is run.
 *
 * @throws MigrateError of `installPackages`
 */
export async function fetchPackages(
  packages: readonly { name: string; range: string }[],
  signal: AbortSignal,
): Promise<string | null> {
  if (packages.length === 0) return null;
  const key = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 20);
  const home = join(cacheFolder(), 'types', key);
  if (!existsSync(home)) {
    await mkdir(dirname(home), { recursive: true });
    const part = await mkdtemp(`${home}.part-`);
    try {
      await installPackages([...packages], { cwd: part, signal, timeoutMs: 120_000 });
      // Another run may have been faster: its folder is as good.
      await rename(part, home).catch(() => {});
    } finally {
      await rm(part, { recursive: true, force: true });
    }
  }
  return join(home, 'node_modules');
}
