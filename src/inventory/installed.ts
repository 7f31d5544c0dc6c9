import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaceRoot } from '../workspace/enclosing.ts';
import { isRecord } from './manifests.ts';

/**
 * Where Node would find a package: from the workspace's folder upwards, above the repository only where that is a
 * workspace of a larger one. Null when absent.
 */
export function installedFolder(root: string, folder: string, name: string): string | null {
  const top = workspaceRoot(root) ?? root;
  for (let at = join(root, folder); ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', ...name.split('/'));
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (at === top || at === dirname(at)) return null;
  }
}

/** The installed package's own manifest; null when absent or unreadable. */
export function installedManifest(packageFolder: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** The version in node_modules, or null. */
export function installedVersion(root: string, folder: string, name: string): string | null {
  const found = installedFolder(root, folder, name);
  const version = found ? installedManifest(found)?.version : null;
  return typeof version === 'string' ? version : null;
}
