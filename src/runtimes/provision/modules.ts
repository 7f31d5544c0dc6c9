import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { fetchPackages } from './packages.ts';

/**
 * Gives a scratch copy the packages that its package.json asks for and the user's `node_modules` does not have: in a
 * `node_modules` of its own, where everything else is a link to the user's. The user's folder is never written to.
 *
 * @param wanted name to range
 * @param fetch how packages are fetched
 * @throws MigrateError of `fetchPackages`
 */
export async function addModules(
  copy: string,
  wanted: Readonly<Record<string, string>>,
  signal: AbortSignal,
  fetch = fetchPackages,
): Promise<void> {
  const modules = join(copy, 'node_modules');
  const theirs = existsSync(modules) ? realpathSync(modules) : null;
  const missing = Object.entries(wanted).filter(([name, range]) => !satisfied(theirs, name, range));
  if (missing.length === 0) return;
  const ours = await fetch(Object.fromEntries(missing), signal);
  await rm(modules, { recursive: true, force: true });
  await mkdir(modules);
  const names = new Set(missing.map(([name]) => name));
  // What was asked for goes before what is there; what only comes with it goes after.
  await linkAll(ours, modules, (name) => names.has(name));
  if (theirs !== null) await linkAll(theirs, modules, () => true);
  await linkAll(ours, modules, () => true);
}

function satisfied(modules: string | null, name: string, range: string): boolean {
  if (modules === null) return false;
  try {
    const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
    return semver.validRange(range) === null || semver.satisfies(version, range);
  } catch {
    return false;
  }
}

/** Links the packages of one folder into another that has none of that name yet. */
async function linkAll(from: string, into: string, isWanted: (name: string) => boolean): Promise<void> {
  for (const entry of await readdir(from)) {
    const names = entry.startsWith('@')
      ? (await readdir(join(from, entry))).map((name) => `${entry}/${name}`)
      : [entry];
    for (const name of names) {
      const target = join(into, name);
      if (!isWanted(name) || existsSync(target)) continue;
      await mkdir(join(target, '..'), { recursive: true });
      await symlink(join(from, name), target);
    }
  }
}
