import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import type { NativeAddon } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { installedFolder, installedManifest } from '../installed.ts';
import { declarations, isRecord, said, stringEntries } from '../manifests.ts';
import { nativePackage } from '../readers/native-packages.ts';

const HELPERS = [
  'bindings',
  'node-addon-api',
  'nan',
  'node-gyp-build',
  'node-bindings',
  'prebuild-install',
  'node-pre-gyp',
  '@mapbox/node-pre-gyp',
];
const BUILDS =
  /\b(prebuild-install|node-gyp(-build)?|node-pre-gyp|cmake-js|prebuildify|napi|neon|electron-rebuild)\b/;
/** How platform packages of one addon are named: `@img/sharp-linux-x64`, `@node-rs/crc32-linux-x64-gnu`. */
const PLATFORM =
  /(linux|darwin|win32|freebsd|android)(musl)?-(x64|arm64|arm|ia32|x86_64|aarch64)(-(gnu|musl|msvc|gnueabihf))?$/;

interface Signs {
  signs: string[];
  abi: NativeAddon['abi'];
}

const detector: Detector = {
  id: 'native-addons',
  title: 'native addons',
  async detect({ repository, manifests, lockfiles }) {
    const nativeAddons: NativeAddon[] = [];
    const unseen: string[] = [];
    for (const { manifest, field, name, range } of declarations(manifests)) {
      if (field === 'peerDependencies') continue;
      const folder = installedFolder(repository.root, manifest.folder, name);
      const own = folder ? installedManifest(folder) : null;
      const installed = typeof own?.version === 'string' ? own.version : null;
      const locked =
        lockfiles.map((lock) => lock.version(name, range)).find((version) => version !== null) ?? null;
      const row = nativePackage(name, installed ?? locked ?? lowest(range));
      const seen = folder && own ? inspect(folder, own) : { signs: [], abi: null };
      if (!folder) unseen.push(name);
      if (!row && seen.signs.length === 0) continue;
      nativeAddons.push({
        ...said(manifest, field, name),
        known: seen.signs.length > 0 ? 'read' : row?.abi ? 'table' : 'heuristic',
        package: name,
        declared: range,
        installed,
        locked,
        abi: row?.abi ?? seen.abi,
        signs: [...(row ? ['known native package'] : []), ...seen.signs],
      });
    }
    for (const file of repository.files.filter((path) => /(^|\/)binding\.gyp$|\.node$/.test(path))) {
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
    if (unseen.length === 0) return { nativeAddons };
    return {
      nativeAddons,
      notChecked: [
        {
          what: `compiled code inside ${unseen.length} ${unseen.length === 1 ? 'dependency' : 'dependencies'}`,
          reason: 'not installed: only names were compared with the table of known native packages',
          location: null,
        },
      ],
    };
  },
};

/** What an installed package shows of compiled code. */
function inspect(folder: string, own: Record<string, unknown>): Signs {
  const signs: string[] = [];
  let abi: NativeAddon['abi'] = null;
  if (existsSync(join(folder, 'binding.gyp'))) signs.push('binding.gyp');
  if (own.gypfile === true) signs.push('gypfile');
  const install = isRecord(own.scripts) ? ['preinstall', 'install', 'postinstall'] : [];
  for (const name of install) {
    const command = isRecord(own.scripts) ? own.scripts[name] : null;
    if (typeof command === 'string' && BUILDS.test(command)) signs.push(`${name} script: ${command}`);
  }
  const dependencies = stringEntries(own.dependencies).map(([name]) => name);
  for (const helper of HELPERS.filter((name) => dependencies.includes(name)))
    signs.push(`depends on ${helper}`);
  if (dependencies.includes('nan')) abi = 'v8';
  if (dependencies.includes('node-addon-api') || isRecord(own.napi)) abi = 'node-api';
  const platforms = stringEntries(own.optionalDependencies).filter(([name]) => PLATFORM.test(name));
  if (platforms.length > 1) signs.push(`${platforms.length} platform packages`);
  const binaries = compiledFiles(folder);
  if (binaries.length > 0) signs.push(binaries[0] ?? '');
  if (binaries.some((file) => /napi/.test(file))) abi = 'node-api';
  // Type-only and build-tool packages carry helpers without being loaded as addons.
  return signs.length > 0 &&
    (binaries.length > 0 || signs.length > 1 || signs[0] === 'binding.gyp' || platforms.length > 1)
    ? { signs, abi }
    : { signs: [], abi: null };
}

/** `*.node` files where addons keep them. */
function compiledFiles(folder: string): string[] {
  const found: string[] = [];
  for (const inside of ['', 'prebuilds', 'build/Release', 'lib/binding']) {
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

function lowest(range: string): string | null {
  try {
    return semver.minVersion(range)?.version ?? null;
  } catch {
    return null;
  }
}

export default detector;
