import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeAddon } from '../model/inventory.ts';
import type { BroughtPackage } from './dependency-tree.ts';
import { isRecord, stringEntries } from './manifests.ts';
import type { LockedPackage } from './readers/lock-packages.ts';

/** What gives compiled code away, and what is known of its ABI. */
export interface Signs {
  signs: string[];
  abi: NativeAddon['abi'];
}

/** Packages that exist to build or load compiled code: who depends on one at run time holds some. */
const HELPERS = [
  'bindings',
  'node-addon-api',
  'nan',
  'node-gyp',
  'node-gyp-build',
  'node-bindings',
  'prebuild-install',
  'node-pre-gyp',
  '@mapbox/node-pre-gyp',
  'cmake-js',
  'cmake-ts',
  'pkg-prebuilds',
];
const BUILDS =
  /\b(prebuild-install|node-gyp(-build)?|node-pre-gyp|cmake-js|prebuildify|napi|neon|electron-rebuild)\b/;
/** How platform packages of one addon are named: `@img/sharp-linux-x64`, `@node-rs/crc32-linux-x64-gnu`. */
const PLATFORM =
  /(linux|darwin|win32|freebsd|android)(musl)?-(x64|arm64|arm|ia32|x86_64|aarch64)(-(gnu|musl|msvc|gnueabihf))?$/;

const NONE: Signs = { signs: [], abi: null };

/** What a package shows of compiled code: its folder where it is installed, else its lockfile entry. */
export function compiledSigns({ folder, own, locked }: BroughtPackage): Signs {
  if (folder && own) return installedSigns(folder, own);
  return locked ? lockedSigns(locked) : NONE;
}

function lockedSigns({ dependencies, optional, platform }: LockedPackage): Signs {
  if (platform) return NONE;
  const helpers = HELPERS.filter((name) => dependencies.includes(name));
  const platforms = optional.filter((name) => PLATFORM.test(name));
  if (helpers.length === 0 && platforms.length < 2) return NONE;
  return {
    signs: [
      ...helpers.map((name) => `depends on ${name}`),
      ...(platforms.length > 1 ? [`${platforms.length} platform packages`] : []),
    ],
    abi: abiOf(dependencies, false),
  };
}

const abiOf = (dependencies: readonly string[], napi: boolean): NativeAddon['abi'] =>
  napi || dependencies.includes('node-addon-api') ? 'node-api' : dependencies.includes('nan') ? 'v8' : null;

function installedSigns(folder: string, own: Record<string, unknown>): Signs {
  const signs: string[] = [];
  if (existsSync(join(folder, 'binding.gyp'))) signs.push('binding.gyp');
  if (own.gypfile === true) signs.push('gypfile');
  const scripts = installScripts(own).filter(([, command]) => BUILDS.test(command));
  for (const [name, command] of scripts) signs.push(`${name} script: ${command}`);
  const dependencies = stringEntries(own.dependencies).map(([name]) => name);
  for (const helper of HELPERS.filter((name) => dependencies.includes(name)))
    signs.push(`depends on ${helper}`);
  const binaries = compiledFiles(folder);
  const platforms = stringEntries(own.optionalDependencies)
    .map(([name]) => name)
    .filter((name) => PLATFORM.test(name));
  const loaded = platforms.length > 1 ? platformFiles(folder, platforms) : [];
  if (loaded !== null && platforms.length > 1) signs.push(`${platforms.length} platform packages`);
  if (binaries[0] !== undefined) signs.push(binaries[0]);
  const isAddon =
    binaries.length > 0 || signs.length > 1 || signs[0] === 'binding.gyp' || platforms.length > 1;
  // Type-only and build-tool packages carry helpers without being loaded as addons.
  if (signs.length === 0 || !isAddon) return NONE;
  const napi = isRecord(own.napi) || binaries.some((file) => /napi/.test(file));
  return { signs, abi: abiOf(dependencies, napi) };
}

/** The lifecycle scripts that run at installation, in their order. */
export const installScripts = (own: Record<string, unknown>): [string, string][] =>
  stringEntries(own.scripts).filter(([name]) => /^(pre|post)?install$/.test(name));

/**
 * `*.node` files of the platform packages that are installed; null when those that are there hold only programs, as
 * esbuild's do: such a package starts a process and loads nothing.
 */
function platformFiles(folder: string, platforms: readonly string[]): string[] | null {
  const up = folder.split(/[\\/]node_modules[\\/]/).slice(0, -1);
  const modules = `${up.join('/node_modules/')}/node_modules`;
  const present = platforms
    .flatMap((name) => [join(folder, 'node_modules', name), join(modules, name)])
    .filter((path) => existsSync(path));
  if (present.length === 0) return [];
  const files = present.flatMap(compiledFiles);
  return files.length > 0 || present.some((path) => existsSync(join(path, 'lib'))) ? files : null;
}

/** `*.node` files where addons keep them. */
function compiledFiles(folder: string): string[] {
  const found: string[] = [];
  for (const inside of ['', 'prebuilds', 'build/Release', 'lib', 'lib/binding']) {
    const base = join(folder, inside);
    if (!existsSync(base)) continue;
    for (const entry of readdirSync(base, { withFileTypes: true })) {
      const path = inside ? `${inside}/${entry.name}` : entry.name;
      if (entry.name.endsWith('.node')) found.push(path);
      else if (inside && entry.isDirectory()) {
        for (const name of readdirSync(join(base, entry.name))) {
          if (name.endsWith('.node')) found.push(`${path}/${name}`);
        }
      }
    }
  }
  return found.sort();
}
