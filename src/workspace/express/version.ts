import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import minVersion from 'semver/ranges/min-version.js';
import validRange from 'semver/ranges/valid.js';
import type { Modules } from '../syntax/modules.ts';

/** Express's major version for a file's package: the installed one, else the lowest that the declared range allows. */
export function expressVersion(modules: Modules, from: readonly string[]): 4 | 5 | null {
  const majorOf = (version: string | undefined): 4 | 5 | null => {
    const major = version === undefined ? undefined : minVersion(version)?.major;
    return major === 5 ? 5 : major === 4 ? 4 : null;
  };
  const used = modules.packages.filter(
    ({ folder }) => folder === '' || from.some((path) => path.startsWith(`${folder}/`)),
  );
  for (const { folder, json } of [...used].sort((a, b) => b.folder.length - a.folder.length)) {
    const declared = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap(
      (field) =>
        Object.entries(Object(json[field])).filter(
          (each): each is [string, string] => typeof each[1] === 'string',
        ),
    );
    const range = declared.find(
      ([name, value]) => name === 'express' || value.startsWith('npm:express@'),
    )?.[1];
    if (range === undefined) continue;
    for (const home of folder === '' ? [''] : [folder, '']) {
      try {
        const text = readFileSync(join(modules.root, home, 'node_modules/express/package.json'), 'utf8');
        return majorOf((JSON.parse(text) as { version?: string }).version);
      } catch {
        // Not installed there: the declared range decides.
      }
    }
    const wanted = range.replace(/^npm:express@/, '').replace(/^workspace:/, '');
    if (validRange(wanted) !== null) return majorOf(wanted);
    return /^(?:latest|next|\*)$/.test(wanted) ? 5 : null;
  }
  return null;
}
