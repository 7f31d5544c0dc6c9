import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { satisfies } from 'semver';
import type { ParityModule } from '../../parity/assemble.ts';

const INSTALLED = new URL('../../../../node_modules/', import.meta.url).pathname;

/**
 * Puts an assembled module into a folder whose `node_modules` holds exactly the packages it asks for, in versions that
 * satisfy what it asks: those of the Express major where they differ. Returns the module's path.
 */
export function installParity(
  folder: string,
  file: string,
  parity: ParityModule,
  expressVersion: 4 | 5,
  modules = INSTALLED,
): string {
  for (const [name, range] of Object.entries({ ...parity.dependencies, hono: '*', ...parity.devDependencies })) {
    const version = range.replace(/^npm:.*@/, '');
    const own = name === 'express' ? `express${expressVersion}` : name;
    const candidates = [join(modules, `express${expressVersion}`, 'node_modules', own), join(modules, own)];
    const found = candidates.find((path) => existsSync(path) && satisfies(versionIn(path), version));
    if (!found) throw new Error(`${name}@${range} is not installed`);
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(found, link);
  }
  const path = join(folder, file);
  writeFileSync(path, parity.text);
  return path;
}

function versionIn(path: string): string {
  return JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')).version;
}
