import semver from 'semver';

/** A package manager: how it is started, and how it installs what its lockfile says. */
export interface Manager {
  name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  lockfile: string;
  /** The program with its first arguments. */
  command: readonly [string, ...string[]];
  /** What installs exactly what the lockfile says, without running a package's scripts. */
  install: readonly string[];
  /** What is set for it, so that it has no other cache than one folder. */
  cache(folder: string): Record<string, string>;
  /** Files beside package.json that it reads and that say nothing to others. */
  own: readonly string[];
}

const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
] as const;

/** Lockfiles that stand at the root. */
export const lockfilesIn = (paths: readonly string[]): string[] =>
  LOCKFILES.filter((each) => paths.includes(each));

/**
 * The manager that a lockfile is of.
 *
 * @param wanted `packageManager` of package.json: `pnpm@9.15.0`
 */
export function managerOf(lockfile: string, text: string, wanted: string | null): Manager {
  const [, name, version] = /^(npm|pnpm|yarn|bun)@(\d[^+]*)/.exec(wanted ?? '') ?? [];
  const given = (own: string) => (name === own && version && semver.valid(version) ? version : null);
  if (lockfile === 'pnpm-lock.yaml') return pnpm(given('pnpm') ?? pnpmFor(text));
  if (lockfile === 'yarn.lock')
    return /^__metadata:/m.test(text) ? berry(given('yarn') ?? '4') : yarn1(given('yarn') ?? '1');
  return npm(lockfile);
}

export const npm = (lockfile = 'package-lock.json'): Manager => ({
  ...{ name: 'npm', lockfile, command: ['npm'], own: [] },
  install: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
  cache: (folder) => ({ npm_config_cache: folder }),
});

/** @param binary of Bun */
export const bun = (binary: string): Manager => ({
  ...{ name: 'bun', lockfile: 'bun.lock', command: [binary], own: ['bunfig.toml'] },
  install: ['install', '--frozen-lockfile', '--ignore-scripts'],
  cache: (folder) => ({ BUN_INSTALL_CACHE_DIR: folder }),
});

/** A program of a package, by npm: whoever has it installed need not have this release of it. */
const fetched = (spec: string, program: string): readonly [string, ...string[]] => [
  ...(['npm', 'exec', '--yes', `--package=${spec}`, '--', program] as const),
];

const pnpm = (version: string): Manager => ({
  ...{ name: 'pnpm', lockfile: 'pnpm-lock.yaml', command: fetched(`pnpm@${version}`, 'pnpm') },
  install: ['install', '--frozen-lockfile', '--ignore-scripts'],
  cache: (folder) => ({ npm_config_store_dir: `${folder}/store`, npm_config_cache_dir: `${folder}/cache` }),
  own: ['pnpm-workspace.yaml', '.pnpmfile.cjs'],
});

const yarn1 = (version: string): Manager => ({
  ...{ name: 'yarn', lockfile: 'yarn.lock', command: fetched(`yarn@${version}`, 'yarn') },
  install: ['install', '--frozen-lockfile', '--ignore-scripts', '--non-interactive'],
  cache: (folder) => ({ YARN_CACHE_FOLDER: folder, YARN_IGNORE_PATH: '1' }),
  own: ['.yarnrc'],
});

const berry = (version: string): Manager => ({
  ...{ name: 'yarn', lockfile: 'yarn.lock', command: fetched(`@yarnpkg/cli-dist@${version}`, 'yarn') },
  install: ['install', '--immutable', '--mode=skip-build'],
  cache: (folder) => ({
    ...{ YARN_CACHE_FOLDER: folder, YARN_ENABLE_GLOBAL_CACHE: 'false', YARN_NODE_LINKER: 'node-modules' },
    ...{ YARN_IGNORE_PATH: '1', YARN_ENABLE_TELEMETRY: '0' },
  }),
  own: ['.yarnrc.yml'],
});

/** The releases that write a lockfile of a version. Source: pnpm's release notes. */
function pnpmFor(text: string): string {
  const version = /^lockfileVersion:\s*['"]?([\d.]+)/m.exec(text)?.[1] ?? '';
  return { '5.3': '6', '5.4': '7', '6.0': '8', '6.1': '8' }[version] ?? '9';
}
