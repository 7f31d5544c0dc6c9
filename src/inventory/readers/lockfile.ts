import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Lockfile } from '../../model/inventory.ts';
import { workspaceRoot } from '../../workspace/enclosing.ts';
import type { Repository } from '../../workspace/repository.ts';
import { readText } from '../../workspace/text.ts';
import { evidenceAt } from '../evidence.ts';
import { isRecord } from '../manifests.ts';
import { LOCK_PACKAGES, type LockedPackage } from './lock-packages.ts';

/** A lockfile and what it pins. */
export interface LockedVersions {
  lockfile: Lockfile;
  /** Why nothing was read from it; null when it was understood. */
  unread: string | null;
  /** Exact version for a declared dependency, or null. */
  version(name: string, range: string): string | null;
  /** Every package in it; none when it was not understood. Read on first use. */
  packages(): readonly LockedPackage[];
}

type Lookup = (name: string, range: string) => string | null;

interface Format {
  manager: Lockfile['manager'];
  /** Offset and text of the format's version number. */
  versionOf(text: string): { value: string; offset: number } | null;
  known(version: string): boolean;
  read(text: string): Lookup;
}

/** Lockfiles of large monorepos pass the limit for sources; this is the limit for them, in bytes. */
const LARGEST = 80_000_000;

const FORMATS: Record<string, Format> = {
  'package-lock.json': npm(),
  'npm-shrinkwrap.json': npm(),
  'yarn.lock': {
    manager: 'yarn',
    versionOf: (text) =>
      match(text, /^# yarn lockfile v(\d+)/m) ?? match(text, /^__metadata:\s+version: "?(\d+)/m),
    known: (version) => ['1', '4', '5', '6', '7', '8', '9'].includes(version),
    read: readYarn,
  },
  'pnpm-lock.yaml': {
    manager: 'pnpm',
    versionOf: (text) => match(text, /^lockfileVersion: '?([\d.]+)/m),
    known: (version) => ['5.3', '5.4', '6.0', '6.1', '7.0', '9.0'].includes(version),
    read: readPnpm,
  },
  'bun.lock': {
    manager: 'bun',
    versionOf: (text) => match(text, /"lockfileVersion":\s*(\d+)/),
    known: (version) => ['0', '1'].includes(version),
    read: (text) => (name) =>
      match(text, new RegExp(`"${quoteExpression(name)}": \\["${quoteExpression(name)}@([^"]+)"`))?.value ??
      null,
  },
  'deno.lock': {
    manager: 'deno',
    versionOf: (text) => match(text, /"version":\s*"(\d+)"/),
    known: (version) => ['3', '4', '5'].includes(version),
    read: (text) => (name) => match(text, new RegExp(`"${quoteExpression(name)}@(\\d[^"_]*)`))?.value ?? null,
  },
};

/**
 * Reads the lockfiles at the root; where there is none and the root is a workspace of a larger repository, that one's. One
 * of an unknown version is named as such and not read.
 */
export function readLockfiles(repository: Repository): LockedVersions[] {
  const found = readIn((file) => (repository.has(file) ? repository.resolve(file) : null), '');
  const above = found.length === 0 ? workspaceRoot(repository.root) : null;
  if (above === null) return found;
  const prefix = `${relative(repository.root, above).split(sep).join('/')}/`;
  return readIn((file) => (existsSync(join(above, file)) ? join(above, file) : null), prefix);
}

/** @param prefix what leads from the repository's root to the folder, as places name it */
function readIn(find: (file: string) => string | null, prefix: string): LockedVersions[] {
  const found: LockedVersions[] = [];
  for (const [name, format] of Object.entries(FORMATS)) {
    const path = find(name);
    if (path === null) continue;
    const file = prefix + name;
    const content = readText(path, file, { maxBytes: LARGEST });
    if ('reason' in content) {
      found.push(unread(file, format.manager, null, content.reason, '', 0));
      continue;
    }
    const { text } = content;
    const version = format.versionOf(text);
    if (!version)
      found.push(
        unread(file, format.manager, null, 'it does not say which version of the format it is', text, 0),
      );
    else if (!format.known(version.value)) {
      const reason = `version ${version.value} of the format is not known to this version of migrate`;
      found.push(unread(file, format.manager, version.value, reason, text, version.offset));
    } else found.push(understood(file, name, format, version, text));
  }
  if (find('bun.lockb') !== null) {
    found.push(
      unread(
        `${prefix}bun.lockb`,
        'bun',
        null,
        'it is a binary file; `bun install --save-text-lockfile` writes bun.lock',
        '',
        0,
      ),
    );
  }
  return found;
}

function understood(
  file: string,
  name: string,
  format: Format,
  version: { value: string; offset: number },
  text: string,
): LockedVersions {
  try {
    return {
      lockfile: {
        ...evidenceAt(file, text, version.offset, 'read'),
        file,
        manager: format.manager,
        version: version.value,
        understood: true,
      },
      unread: null,
      version: format.read(text),
      packages: once(() => LOCK_PACKAGES[name]?.(text) ?? []),
    };
  } catch (error) {
    return unread(
      file,
      format.manager,
      version.value,
      `it does not parse (${firstLine(error)})`,
      text,
      version.offset,
    );
  }
}

function unread(
  file: string,
  manager: Lockfile['manager'],
  version: string | null,
  reason: string,
  text: string,
  offset: number,
): LockedVersions {
  return {
    lockfile: { ...evidenceAt(file, text, offset, 'read'), file, manager, version, understood: false },
    unread: reason,
    version: () => null,
    packages: () => [],
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function npm(): Format {
  return {
    manager: 'npm',
    versionOf: (text) => match(text, /"lockfileVersion":\s*(\d+)/),
    known: (version) => ['1', '2', '3'].includes(version),
    read(text) {
      const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
      if (!isRecord(document)) return () => null;
      const packages = isRecord(document.packages) ? document.packages : {};
      const legacy = isRecord(document.dependencies) ? document.dependencies : {};
      return (name) => versionField(packages[`node_modules/${name}`]) ?? versionField(legacy[name]);
    },
  };
}

/** Classic entries are `name@range, name@range:` and Berry's `"name@npm:range"`; both give `version` on a line below. */
function readYarn(text: string): Lookup {
  const versions = new Map<string, string>();
  let keys: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^\S.*:$/.test(line) && !line.startsWith('#')) {
      keys = line
        .slice(0, -1)
        .replaceAll('"', '')
        .split(', ')
        .map((key) => key.replace('@npm:', '@'));
    }
    const version = /^ {2}version:? "?([^"\s]+)/.exec(line)?.[1];
    if (version) for (const key of keys) versions.set(key, version);
  }
  return (name, range) => versions.get(`${name}@${range}`) ?? null;
}

/** Only the importers are parsed: the rest of a monorepo's file is many megabytes. */
function readPnpm(text: string): Lookup {
  const end = text.search(/^packages:/m);
  const document: unknown = parseYaml(end === -1 ? text : text.slice(0, end));
  if (!isRecord(document)) return () => null;
  const importers = isRecord(document.importers) ? Object.values(document.importers) : [document];
  return (name) => {
    for (const importer of importers) {
      for (const field of ['dependencies', 'devDependencies', 'optionalDependencies']) {
        const group = isRecord(importer) ? importer[field] : null;
        const entry = isRecord(group) ? group[name] : null;
        const version = typeof entry === 'string' ? entry : versionField(entry);
        if (version) return version.replace(/[(_].*$/, '');
      }
    }
    return null;
  };
}

const versionField = (value: unknown): string | null =>
  isRecord(value) && typeof value.version === 'string' ? value.version : null;

function match(text: string, expression: RegExp): { value: string; offset: number } | null {
  const found = expression.exec(text);
  return found?.[1] === undefined
    ? null
    : { value: found[1], offset: found.index + found[0].lastIndexOf(found[1]) };
}

const quoteExpression = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const firstLine = (error: unknown): string => String((error as Error).message).split('\n')[0] ?? '';
