import { posix } from 'node:path';
import semver from 'semver';
import type { Inventory } from '../model/inventory.ts';

/** Node majors `migrate runtimes` provisions, the one to assume first. */
const MAJORS = ['22', '24', '20', '18', '26'];
/** Which pin speaks for production: the image first, then what developers and CI use. */
const AUTHORITY = [
  'dockerfile',
  'platform',
  'volta',
  '.nvmrc',
  '.node-version',
  '.tool-versions',
  'mise',
  'devEngines',
  'ci',
  'engines',
];

/** The runtime the application runs on today, as a spec: `node@20`. */
export function oldSpec(inventory: Inventory): string {
  const pins = inventory.pins.filter((pin) => pin.runtime === 'node' && pin.range !== null);
  pins.sort((a, b) => AUTHORITY.indexOf(a.source) - AUTHORITY.indexOf(b.source));
  const range = pins[0]?.range;
  if (!range) return `node@${MAJORS[0]}`;
  const major =
    MAJORS.find((item) => semver.intersects(item, range)) ?? String(semver.minVersion(range)?.major);
  return `node@${major}`;
}

/** The file production starts: Dockerfile's command, then Procfile, the start script, `main`. */
export function entryFile(inventory: Inventory): string {
  const { entryPoints } = inventory;
  const images = entryPoints.filter((entry) => entry.kind === 'dockerfile');
  const found =
    images.find((entry) => !isBeside(entry)) ??
    entryPoints.find((entry) => entry.kind === 'procfile') ??
    entryPoints.find((entry) => entry.kind === 'script' && entry.name.startsWith('start')) ??
    entryPoints.find((entry) => entry.kind === 'main' && (entry.present || entry.source !== null)) ??
    images[0] ??
    // `main` may be what a generator wrote, with no such file; what developers start is there.
    entryPoints.find((entry) => entry.kind === 'script' && entry.name === 'dev' && entry.present);
  return found?.file ?? 'the entry file';
}

/** A file in the folder of a Dockerfile that is not the root's: what that image starts is another application, or a recipe. */
function isBeside({ file, location }: Inventory['entryPoints'][number]): boolean {
  const folder = posix.dirname(location?.file ?? '.');
  return folder !== '.' && file.startsWith(`${folder}/`);
}

/** `Express 4.22 · CommonJS · npm · Node 20 (engines, Dockerfile)`. */
export function summary(inventory: Inventory): string {
  const { frameworks, moduleSystem, packageManager, pins } = inventory;
  const { commonjs, module, typescript } = moduleSystem.files;
  const parts = [...new Map(frameworks.map((item) => [item.name, item])).values()].map((item) =>
    [item.name, versionOf(item)].join(' ').trim(),
  );
  const modules =
    commonjs > 0 && module > 0 && moduleSystem.declared === null
      ? majority(commonjs, module)
      : kind(moduleSystem.declared, commonjs, module);
  parts.push(typescript > 0 ? `TypeScript, ${modules}` : modules);
  if (packageManager.name)
    parts.push([packageManager.name, packageManager.version].filter(Boolean).join(' '));
  const node = new Map<string, string[]>();
  for (const pin of pins.filter((item) => item.runtime === 'node')) {
    node.set(pin.value, [
      ...new Set([...(node.get(pin.value) ?? []), pin.source === 'ci' ? 'CI' : pin.source]),
    ]);
  }
  parts.push(
    node.size > 0
      ? `Node ${[...node].map(([value, sources]) => `${value} (${sources.join(', ')})`).join(', ')}`
      : 'no Node version pinned',
  );
  return parts.join(' · ');
}

const majority = (commonjs: number, module: number): string =>
  commonjs >= module ? 'CommonJS' : 'ES modules';

const kind = (declared: string | null, commonjs: number, module: number): string =>
  declared === 'module' || (declared === null && module > commonjs) ? 'ES modules' : 'CommonJS';

/** Of what is only declared the range, which may give a newer one. */
function versionOf({ installed, locked, declared }: Inventory['frameworks'][number]): string {
  const exact = installed ?? locked;
  return exact ? minor(exact) : declared;
}

const minor = (version: string): string => /(\d+\.\d+)/.exec(version)?.[1] ?? version;
