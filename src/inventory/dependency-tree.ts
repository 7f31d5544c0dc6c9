import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DependencyField } from '../workspace/package-json.ts';
import { installedFolder, installedManifest } from './installed.ts';
import { declarations, type Manifest, stringEntries } from './manifests.ts';
import type { LockedPackage } from './readers/lock-packages.ts';
import type { LockedVersions } from './readers/lockfile.ts';

/** A package that is installed for the application, and the declaration that brings it. */
export interface BroughtPackage {
  name: string;
  declaration: { manifest: Manifest; field: DependencyField; name: string; range: string };
  /** Where it is installed, and its own manifest; null when it is not. */
  folder: string | null;
  own: Record<string, unknown> | null;
  /** What the lockfile says of it; null when there is none that was understood, or it is not in it. */
  locked: LockedPackage | null;
}

/**
 * The declared packages, and those that production dependencies bring with them: from node_modules where it is there,
 * else from the lockfile. Optional dependencies of dependencies are left out: what they are optional for runs without.
 */
export function broughtPackages(
  root: string,
  manifests: readonly Manifest[],
  lockfiles: readonly LockedVersions[],
): BroughtPackage[] {
  const locked = new Map<string, LockedPackage>();
  for (const entry of lockfiles.flatMap((lock) => lock.packages()))
    if (!locked.has(entry.name)) locked.set(entry.name, entry);
  const found = new Map<string, BroughtPackage>();
  for (const declaration of declarations(manifests)) {
    if (declaration.field === 'peerDependencies') continue;
    const { name, manifest } = declaration;
    const key = `${manifest.file} ${name}`;
    const folder = installedFolder(root, manifest.folder, name);
    if (!found.has(key)) found.set(key, packageAt(name, declaration, folder));
  }
  const seen = new Set([...found.values()].map(({ name }) => name));
  const waiting = [...found.values()].filter(({ declaration }) => declaration.field !== 'devDependencies');
  for (let from = waiting.pop(); from; from = waiting.pop()) {
    const names = from.own
      ? stringEntries(from.own.dependencies).map(([name]) => name)
      : (from.locked?.dependencies ?? []);
    for (const name of names) {
      if (seen.has(name)) continue;
      seen.add(name);
      const folder = from.folder ? besideOf(root, from.folder, name) : installedFolder(root, '', name);
      const brought = packageAt(name, from.declaration, folder);
      found.set(name, brought);
      waiting.push(brought);
    }
  }
  return [...found.values()];

  function packageAt(
    name: string,
    declaration: BroughtPackage['declaration'],
    folder: string | null,
  ): BroughtPackage {
    const own = folder ? installedManifest(folder) : null;
    return { name, declaration, folder, own, locked: locked.get(name) ?? null };
  }
}

/** Where Node finds a dependency of an installed package: pnpm keeps it beside the package's real folder. */
function besideOf(root: string, folder: string, name: string): string | null {
  for (let at = realpathSync(folder); at.startsWith(root) && at !== root; at = dirname(at)) {
    const candidate = join(at, 'node_modules', ...name.split('/'));
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return installedFolder(root, '', name);
}
