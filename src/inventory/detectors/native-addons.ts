import semver from 'semver';
import type { InstallScript, NativeAddon, NotChecked } from '../../model/inventory.ts';
import { compiledSigns, installScripts } from '../compiled.ts';
import { type BroughtPackage, broughtPackages } from '../dependency-tree.ts';
import type { Detector } from '../detector.ts';
import { isRecord, type Manifest, said, withAbove } from '../manifests.ts';
import { isDockerfile } from '../readers/dockerfile.ts';
import { saysInstallScripts } from '../readers/lock-packages.ts';
import type { LockedVersions } from '../readers/lockfile.ts';
import { nativePackage } from '../readers/native-packages.ts';

/** Packages whose compiled code is a compiler or a program for developers, or is for macOS alone; what addons are built with. */
const PROGRAMS: ReadonlySet<string> = new Set([
  '@biomejs/biome',
  '@sentry/cli',
  '@mapbox/node-pre-gyp',
  'fsevents',
  'lefthook',
  'nan',
  'next',
  'node-addon-api',
  'node-gyp',
  'node-gyp-build',
  'npm',
  'prebuild-install',
  'turbo',
]);

/** Compilers and bundlers: compiled code of a build, where another package brings them. */
const COMPILERS: ReadonlySet<string> = new Set([
  ...['@parcel/watcher', '@swc/core', '@tailwindcss/oxide', 'esbuild', 'lightningcss', 'rolldown', 'rollup'],
  ...['unrs-resolver'],
]);

const detector: Detector = {
  id: 'native-addons',
  title: 'native addons',
  async detect({ repository, manifests, lockfiles }) {
    const nativeAddons: NativeAddon[] = [];
    const installing: InstallScript[] = [];
    const unseen: string[] = [];
    const lockedOnly = new Set<string>();
    const allowed = allowedToBuild(withAbove(repository, manifests));
    for (const brought of broughtPackages(repository.root, manifests, lockfiles)) {
      const { name, declaration, folder, own, locked } = brought;
      const { manifest, field, name: via, range } = declaration;
      const direct = name === via;
      const installed = typeof own?.version === 'string' ? own.version : null;
      const lockedVersion = direct
        ? (lockfiles.map((lock) => lock.version(name, range)).find((version) => version !== null) ?? null)
        : locked?.version || null;
      // What a dependency brings is judged by what it shows; a name alone says too little about it.
      const row = direct ? nativePackage(name, installed ?? lockedVersion ?? lowest(range)) : null;
      const seen = compiledSigns(brought);
      const script = scriptSign(brought, lockfiles, allowed);
      if (!folder && !locked) unseen.push(name);
      if (!folder && locked && direct) lockedOnly.add(name);
      const place = said(manifest, field, via);
      // npm builds addons of others, and is none.
      if (!direct && (COMPILERS.has(name) || via === 'npm')) continue;
      if (PROGRAMS.has(name) && !script) continue;
      if (!PROGRAMS.has(name) && (row || seen.signs.length > 0)) {
        const known = seen.signs.length > 0 ? 'read' : row?.abi ? 'table' : 'heuristic';
        const abi = row?.abi ?? seen.abi ?? nativePackage(name, installed ?? lockedVersion)?.abi ?? null;
        nativeAddons.push({
          ...place,
          known,
          package: name,
          declared: direct ? range : null,
          installed,
          locked: lockedVersion,
          abi,
          signs: [
            ...(direct ? [] : [`brought by ${via}`]),
            ...(row ? ['known native package'] : []),
            ...seen.signs,
            ...(script ? [script] : []),
          ],
        });
      } else if (script)
        installing.push({ ...place, package: name, version: installed ?? lockedVersion, sign: script });
    }
    const compiled = repository.files.filter(
      (path) => /(^|\/)binding\.gyp$|\.node$/.test(path) && !isDockerfile(path),
    );
    for (const file of compiled) {
      nativeAddons.push({
        location: { file, line: 1, column: 1 },
        known: 'read',
        package: file,
        declared: null,
        installed: null,
        locked: null,
        abi: null,
        signs: ['compiled code of the repository itself'],
      });
    }
    return {
      nativeAddons,
      installScripts: installing,
      notChecked: [
        ...unseenPackages(
          unseen.length,
          'neither installed nor in a lockfile that was read: only names were compared with the table of known native packages',
        ),
        ...unseenPackages(
          lockedOnly.size,
          'not installed: the lockfile shows build helpers, platform packages and install scripts, not the files themselves',
        ),
        ...unsaid(installing, lockfiles, allowed, manifests),
      ],
    };
  },
};

/** Packages whose build is allowed by name: pnpm's `onlyBuiltDependencies`, Bun's and npm's lists, and what says so. */
function allowedToBuild(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { raw } of manifests) {
    const pnpm = isRecord(raw.pnpm) ? raw.pnpm.onlyBuiltDependencies : null;
    for (const [list, said] of [
      [pnpm, 'named in onlyBuiltDependencies'],
      [raw.trustedDependencies, 'named in trustedDependencies'],
    ] as const)
      for (const name of Array.isArray(list) ? list : []) found.set(String(name), said);
  }
  return found;
}

/** What says that a package runs a script at installation; null when nothing does. */
function scriptSign(
  { name, own, locked }: BroughtPackage,
  lockfiles: readonly LockedVersions[],
  allowed: ReadonlyMap<string, string>,
): string | null {
  const script = own ? installScripts(own)[0] : undefined;
  if (script) return `${script[0]}: ${script[1]}`;
  if (own) return null;
  if (locked?.installScript) {
    const { file, manager } = lockfiles.find((lock) => lock.packages().includes(locked))?.lockfile ?? {};
    const field = { npm: 'hasInstallScript', pnpm: 'requiresBuild', bun: 'trustedDependencies' }[
      String(manager)
    ];
    return `${field ?? 'an install script'} in ${file}`;
  }
  return allowed.get(name) ?? null;
}

function unseenPackages(count: number, reason: string): NotChecked[] {
  if (count === 0) return [];
  const what = `compiled code inside ${count} ${count === 1 ? 'dependency' : 'dependencies'}`;
  return [{ what, reason, location: null }];
}

/** Says so where the lockfile does not hold which packages run a script, and nothing is installed to look at. */
function unsaid(
  installing: readonly InstallScript[],
  lockfiles: readonly LockedVersions[],
  allowed: ReadonlyMap<string, string>,
  manifests: readonly Manifest[],
): NotChecked[] {
  const silent = lockfiles.filter(
    ({ unread, lockfile }) => unread === null && !saysInstallScripts(lockfile.file, lockfile.version),
  );
  if (silent.length === 0 || silent.length < lockfiles.length || allowed.size > 0 || installing.length > 0)
    return [];
  if (manifests.length === 0 || silent.every((lock) => lock.packages().length === 0)) return [];
  const file = silent[0]?.lockfile.file ?? '';
  return [
    {
      what: 'which packages run a script at installation',
      reason: `${file} does not say it; an installed node_modules does`,
      location: null,
    },
  ];
}

function lowest(range: string): string | null {
  try {
    return semver.minVersion(range)?.version ?? null;
  } catch {
    return null;
  }
}

export default detector;
