import { isRecord } from '../manifests.ts';

/** One package of a lockfile, with what the file says of its code. */
export interface LockedPackage {
  name: string;
  version: string;
  /** `hasInstallScript` (npm), `requiresBuild` (pnpm), `scripts` (deno); false where the format does not say. */
  installScript: boolean;
  /** Made for one operating system or processor: the compiled part of another package. */
  platform: boolean;
  dependencies: readonly string[];
  optional: readonly string[];
}

type Reader = (text: string) => LockedPackage[];

/** Every package of a lockfile that was understood, by the file's name. Throws where the text is not of its format. */
export const LOCK_PACKAGES: Readonly<Record<string, Reader>> = {
  'package-lock.json': npm,
  'npm-shrinkwrap.json': npm,
  'yarn.lock': yarn,
  'pnpm-lock.yaml': pnpm,
  'bun.lock': bun,
  'deno.lock': deno,
};

/** The formats that say which packages run a script when they are installed. */
export const saysInstallScripts = (file: string, version: string | null): boolean =>
  (file.endsWith('.json') && version !== '1') ||
  (file.endsWith('pnpm-lock.yaml') && Number(version) < 9) ||
  file.endsWith('deno.lock');

const names = (value: unknown): string[] => (isRecord(value) ? Object.keys(value) : []);
const restricted = (entry: Record<string, unknown>): boolean =>
  entry.os !== undefined || entry.cpu !== undefined || entry.libc !== undefined;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function npm(text: string): LockedPackage[] {
  const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  if (!isRecord(document)) return [];
  const found: LockedPackage[] = [];
  if (isRecord(document.packages)) {
    for (const [path, entry] of Object.entries(document.packages)) {
      const at = path.lastIndexOf('node_modules/');
      if (at === -1 || !isRecord(entry)) continue;
      found.push({
        name: path.slice(at + 'node_modules/'.length),
        version: textOf(entry.version),
        installScript: entry.hasInstallScript === true,
        platform: restricted(entry),
        dependencies: names(entry.dependencies),
        optional: names(entry.optionalDependencies),
      });
    }
    return found;
  }
  const visit = (dependencies: unknown) => {
    if (!isRecord(dependencies)) return;
    for (const [name, entry] of Object.entries(dependencies)) {
      if (!isRecord(entry)) continue;
      found.push({ ...plain(name, textOf(entry.version)), dependencies: names(entry.requires) });
      visit(entry.dependencies);
    }
  };
  visit(document.dependencies);
  return found;
}

const plain = (name: string, version: string): LockedPackage => ({
  ...{ name, version, installScript: false, platform: false },
  ...{ dependencies: [], optional: [] },
});

/** The name of `@scope/name@range`. */
const nameOf = (key: string): string => key.slice(0, Math.max(key.indexOf('@', 1), 0) || undefined);

interface Draft {
  entry: LockedPackage;
  dependencies: string[];
  optional: string[];
}

/** Classic and Berry both indent fields by two spaces and what they list by four. */
function yarn(text: string): LockedPackage[] {
  const drafts: Draft[] = [];
  let list: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (/^["\w@].*:$/.test(line) && !line.startsWith('__metadata')) {
      const name = nameOf(line.replaceAll('"', ''));
      drafts.push({ entry: plain(name, ''), dependencies: [], optional: [] });
      list = null;
      continue;
    }
    const draft = drafts.at(-1);
    const field = /^ {2}(\w+):?(?: "?([^"]*)"?)?$/.exec(line);
    if (!draft) continue;
    if (field) {
      const [, name, value = ''] = field;
      list =
        name === 'dependencies'
          ? draft.dependencies
          : name === 'optionalDependencies'
            ? draft.optional
            : null;
      if (name === 'version') draft.entry.version = value.trim();
      if (name === 'conditions') draft.entry.platform = true;
    } else if (list) {
      const listed = /^ {4}"?([^"\s:]+)"?:? /.exec(line)?.[1];
      if (listed) list.push(listed);
    }
  }
  return drafts.map(finished);
}

const finished = ({ entry, dependencies, optional }: Draft): LockedPackage => ({
  ...entry,
  dependencies,
  optional,
});

/** Read by its lines: a monorepo's file is many megabytes, and a YAML tree of it many more. */
function pnpm(text: string): LockedPackage[] {
  const found = new Map<string, Draft>();
  let section = '';
  let draft: Draft | null = null;
  let list: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    const top = /^(\w+):/.exec(line)?.[1];
    if (top) {
      section = top;
      draft = null;
      continue;
    }
    if (section !== 'packages' && section !== 'snapshots') continue;
    const key = /^ {2}['"]?([^\s'"].*?)['"]?:(?: \{\})?$/.exec(line)?.[1];
    if (key && !line.startsWith('    ')) {
      const { name, version } = pnpmKey(key);
      draft = found.get(`${name}@${version}`) ?? {
        entry: plain(name, version),
        dependencies: [],
        optional: [],
      };
      found.set(`${name}@${version}`, draft);
      list = null;
      continue;
    }
    const field = /^ {4}(\w+):(?: (.*))?$/.exec(line);
    if (!draft) continue;
    if (field) {
      const [, name, value] = field;
      list =
        name === 'dependencies'
          ? draft.dependencies
          : name === 'optionalDependencies'
            ? draft.optional
            : null;
      if (name === 'requiresBuild') draft.entry.installScript = value === 'true';
      if (name === 'os' || name === 'cpu' || name === 'libc') draft.entry.platform = true;
    } else if (list) {
      const listed = /^ {6}['"]?([^\s'":]+)['"]?:/.exec(line)?.[1];
      if (listed) list.push(listed);
    }
  }
  return [...found.values()].map(finished);
}

/** `/a/1.0.0_peer` (5), `/a@1.0.0(peer@2)` (6), `a@1.0.0(peer@2)` (9). */
function pnpmKey(key: string): { name: string; version: string } {
  const bare = key.replace(/^\//, '').replace(/\(.*$/, '');
  const at = bare.indexOf('@', 1);
  if (at > 0) return { name: bare.slice(0, at), version: bare.slice(at + 1) };
  const slash = bare.lastIndexOf('/');
  return { name: bare.slice(0, slash), version: bare.slice(slash + 1).replace(/_.*$/, '') };
}

/** One package a line: `"a": ["a@1.0.0", "", { "dependencies": {…} }, "sha512-…"],`. */
function bun(text: string): LockedPackage[] {
  const trusted = new Set<string>();
  const list = /"trustedDependencies":\s*\[([^\]]*)\]/.exec(text)?.[1] ?? '';
  for (const [, name = ''] of list.matchAll(/"([^"]+)"/g)) trusted.add(name);
  return text.split(/\r?\n/).flatMap((line): LockedPackage[] => {
    const entry = /^ {4}"[^"]+": (\[.*\]),?$/.exec(line)?.[1];
    if (!entry) return [];
    const parts: unknown = JSON.parse(entry);
    if (!Array.isArray(parts) || typeof parts[0] !== 'string') return [];
    const name = nameOf(parts[0]);
    const about: unknown = parts.find(isRecord);
    const fields = isRecord(about) ? about : {};
    return [
      {
        name,
        version: parts[0].slice(name.length + 1),
        installScript: trusted.has(name),
        platform: restricted(fields),
        dependencies: names(fields.dependencies),
        optional: names(fields.optionalDependencies),
      },
    ];
  });
}

function deno(text: string): LockedPackage[] {
  const document: unknown = JSON.parse(text);
  const packages = isRecord(document) && isRecord(document.npm) ? document.npm : {};
  const listed = (value: unknown): string[] =>
    Array.isArray(value) ? value.map((item) => nameOf(`${String(item)}@`)) : names(value);
  return Object.entries(packages).flatMap(([key, entry]): LockedPackage[] => {
    if (!isRecord(entry)) return [];
    const name = nameOf(key);
    return [
      {
        name,
        version: key.slice(name.length + 1).replace(/_.*$/, ''),
        installScript: entry.scripts === true,
        platform: restricted(entry),
        dependencies: listed(entry.dependencies),
        optional: listed(entry.optionalDependencies),
      },
    ];
  });
}
