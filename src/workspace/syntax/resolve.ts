import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { ResolverFactory } from 'oxc-resolver';

/** What a specifier names, seen from one file. */
export type Resolution =
  | { kind: 'file'; path: string }
  /** `name` is the package's own name (aliases like `npm:express@4` undone), `subpath` what follows it. */
  | { kind: 'package'; name: string; subpath: string }
  | { kind: 'builtin'; name: string }
  | { kind: 'unknown'; reason: string; isOutside?: true };

/** A package of the repository itself: a workspace, or the root. */
export interface LocalPackage {
  name: string | null;
  /** Folder relative to the root, '' for the root. */
  folder: string;
  json: Readonly<Record<string, unknown>>;
  /** Names that its Babel settings give folders of its own. */
  aliases?: Readonly<Record<string, string>>;
}

const EXTENSIONS = ['', '.js', '.ts', '.mjs', '.cjs', '.mts', '.cts', '.jsx', '.tsx', '.json'];
/** What a compiled extension may be written as. Source: TypeScript, `moduleResolution: nodenext`. */
const SOURCES: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

/** Splits `@scope/name/sub/path` into package name and the rest. */
export function splitSpecifier(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') };
}

/**
 * Resolves specifiers inside a repository whose dependencies need not be installed: relative paths and workspaces by
 * the list of files, tsconfig paths and `imports` by oxc-resolver on disk, everything else by its name.
 *
 * @param root absolute path of the repository
 * @param files paths relative to the root
 * @param packages local packages, any order
 * @param aliased whether a tsconfig with `paths` or `baseUrl` exists (asks oxc-resolver for bare specifiers)
 */
export function createResolver(
  root: string,
  files: ReadonlySet<string>,
  packages: readonly LocalPackage[],
  aliased: boolean,
): (from: string, specifier: string) => Resolution {
  const byDepth = [...packages].sort((a, b) => b.folder.length - a.folder.length);
  const byName = new Map(packages.flatMap((local) => (local.name ? [[local.name, local] as const] : [])));
  /** By where a specifier stands, and by the specifier. */
  const cache = new Map<string, Map<string, Resolution>>();

  const packageOf = (path: string) =>
    byDepth.find(({ folder }) => folder === '' || path.startsWith(`${folder}/`));

  /** Paths without their extension: most that is asked for is not there, and one look says so. */
  const stems = new Set([...files].map((path) => path.slice(0, path.length - posix.extname(path).length)));

  function tryFile(path: string): string | null {
    if (files.has(path)) return path;
    const added = stems.has(path) ? EXTENSIONS.find((one) => files.has(path + one)) : undefined;
    if (added !== undefined) return path + added;
    const extension = posix.extname(path);
    const stem = path.slice(0, path.length - extension.length);
    const written = stems.has(stem) ? SOURCES[extension]?.find((one) => files.has(stem + one)) : undefined;
    return written === undefined ? null : stem + written;
  }

  function tryPath(path: string): string | null {
    const base = path === '.' ? '' : path;
    const direct = base === '' ? null : tryFile(base);
    if (direct !== null) return direct;
    const main = packages.find(({ folder }) => folder === base)?.json.main;
    if (typeof main === 'string') {
      const found = tryFile(posix.join(base, main)) ?? tryFile(posix.join(base, main, 'index'));
      if (found !== null) return found;
    }
    return tryFile(posix.join(base, 'index'));
  }

  /** The source behind an entry of a package: as written, else `dist/x.js` → `src/x.ts`. */
  function packageEntry(local: LocalPackage, subpath: string): string | null {
    const targets: string[] = [];
    const gather = (value: unknown): void => {
      if (typeof value === 'string') targets.push(value);
      else for (const inner of Object.values(record(value))) gather(inner);
    };
    const exports = local.json.exports;
    if (subpath === '') {
      gather(typeof exports === 'string' ? exports : (record(exports)['.'] ?? exports));
      for (const entry of [local.json.source, local.json.module, local.json.main]) gather(entry);
    } else {
      gather(record(exports)[`./${subpath}`]);
      targets.push(subpath, `src/${subpath}`);
    }
    for (const target of targets) {
      const written = posix.join(local.folder, target);
      const source = posix.join(local.folder, target.replace(/^(\.\/)?(dist|build|lib|out)\//, 'src/'));
      const found = tryPath(written) ?? tryPath(source);
      if (found !== null) return found;
    }
    return subpath === ''
      ? (tryPath(posix.join(local.folder, 'src')) ?? tryPath(local.folder === '' ? '.' : local.folder))
      : null;
  }

  /** Files that are in git below a folder of packages, where Node looks for a name. */
  const keeps = [...files].some((path) => path.includes('node_modules/'));
  function keptPackage(from: string, specifier: string): string | null {
    for (let folder = keeps ? posix.dirname(from) : '.'; folder !== '.'; folder = posix.dirname(folder)) {
      const found = tryPath(posix.join(folder, 'node_modules', specifier));
      if (found !== null) return found;
    }
    return null;
  }

  /** By the settings that say what names are short for. */
  const disks = new Map<string, ResolverFactory>();
  function resolverBy(configFile: string): ResolverFactory {
    const known = disks.get(configFile);
    if (known !== undefined) return known;
    const made = new ResolverFactory({
      tsconfig: configFile === 'auto' ? 'auto' : { configFile: join(root, configFile), references: 'auto' },
      extensions: EXTENSIONS.slice(1),
      extensionAlias: Object.fromEntries(
        Object.entries(SOURCES).map(([written, sources]) => [written, [...sources, written]]),
      ),
      conditionNames: ['node', 'import', 'require', 'default'],
      builtinModules: false,
    });
    disks.set(configFile, made);
    return made;
  }

  /** The `jsconfig.json` above a file, where no tsconfig.json is nearer: what the editor is told, and a loader as well. */
  function editorSettings(from: string): string | null {
    for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
      if (files.has(posix.join(folder, 'tsconfig.json'))) return null;
      const settings = posix.join(folder, 'jsconfig.json');
      if (files.has(settings)) return settings;
      if (folder === '.') return null;
    }
  }

  function onDisk(from: string, specifier: string): Resolution | null {
    const fromFile = join(root, from);
    const settings = editorSettings(from);
    const found =
      resolverBy('auto').resolveFileSync(fromFile, specifier).path ??
      (settings === null ? undefined : resolverBy(settings).resolveFileSync(fromFile, specifier).path);
    if (found === undefined || !found.startsWith(`${root}/`)) return null;
    const path = found.slice(root.length + 1);
    return files.has(path) ? { kind: 'file', path } : null;
  }

  function compute(from: string, specifier: string): Resolution {
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) {
      const target = posix.normalize(posix.join(posix.dirname(from), specifier)).replace(/\/$/, '');
      if (target.startsWith('..'))
        return { kind: 'unknown', reason: `${specifier} is outside the repository`, isOutside: true };
      const found = tryPath(target);
      if (found !== null) return { kind: 'file', path: found };
      const local = packages.find(({ folder }) => folder === target);
      const entry = local === undefined ? null : packageEntry(local, '');
      return entry === null
        ? { kind: 'unknown', reason: `no file for ${specifier}` }
        : { kind: 'file', path: entry };
    }
    if (specifier.startsWith('node:') || isBuiltin(specifier)) {
      return { kind: 'builtin', name: specifier.replace(/^node:/, '') };
    }
    if (specifier.startsWith('/')) return { kind: 'unknown', reason: `absolute path ${specifier}` };
    if (specifier.startsWith('#')) {
      const own = packageOf(from);
      const target = importsTarget(record(own?.json.imports), specifier);
      const found = own && target ? tryPath(posix.join(own.folder, target)) : null;
      return (
        (found === null ? onDisk(from, specifier) : { kind: 'file', path: found }) ?? {
          kind: 'unknown',
          reason: `no file for ${specifier}`,
        }
      );
    }
    const home = packageOf(from);
    const renamed = aliasTarget({ ...record(home?.json._moduleAliases), ...home?.aliases }, specifier);
    const behind = renamed === null ? null : tryPath(posix.join(home?.folder ?? '', renamed));
    if (behind !== null) return { kind: 'file', path: behind };
    if (aliased) {
      const found = onDisk(from, specifier);
      if (found !== null) return found;
    }
    if (/^(?:~|@)(?:\/|$)/.test(specifier))
      return { kind: 'unknown', reason: `${specifier} is an alias whose target is not known` };
    const { name, subpath } = splitSpecifier(specifier);
    const local = byName.get(name);
    if (local !== undefined) {
      const entry = packageEntry(local, subpath);
      if (entry !== null) return { kind: 'file', path: entry };
    }
    const kept = keptPackage(from, specifier);
    if (kept !== null) return { kind: 'file', path: kept };
    const own = packageOf(from)?.json ?? {};
    const declared = record(own.dependencies)[name] ?? record(own.devDependencies)[name];
    // `NODE_PATH=.` and its like: a name that no package.json has, and a file of the project.
    const file =
      declared === undefined ? tryPath(posix.join(packageOf(from)?.folder ?? '', specifier)) : null;
    if (file !== null && specifier.includes('/')) return { kind: 'file', path: file };
    const alias = typeof declared === 'string' ? /^npm:(@?[^@]+)/.exec(declared)?.[1] : undefined;
    return { kind: 'package', name: alias ?? name, subpath };
  }

  return (from, specifier) => {
    // A bare specifier means the same in every file of a package, unless a tsconfig gives it another meaning.
    const shared = !aliased && !specifier.startsWith('#');
    const scope = specifier.startsWith('.')
      ? posix.dirname(from)
      : shared
        ? (packageOf(from)?.folder ?? '')
        : from;
    let inScope = cache.get(scope);
    if (inScope === undefined) {
      inScope = new Map();
      cache.set(scope, inScope);
    }
    let known = inScope.get(specifier);
    if (known === undefined) {
      known = compute(from, specifier);
      inScope.set(specifier, known);
    }
    return known;
  };
}

/** The path that `_moduleAliases` of package.json (read by `module-alias`) or Babel's settings give a specifier. */
function aliasTarget(aliases: Record<string, unknown>, specifier: string): string | null {
  const [alias] = Object.keys(aliases)
    .filter((name) => specifier === name || specifier.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length);
  const target = alias === undefined ? null : aliases[alias];
  return typeof target === 'string' ? posix.join(target, specifier.slice(alias?.length)) : null;
}

/** The file that package.json `imports` gives for `#name` or `#dir/*`, first condition that is a string. */
function importsTarget(imports: Record<string, unknown>, specifier: string): string | null {
  const first = (value: unknown): string | null => {
    if (typeof value === 'string') return value;
    for (const inner of Object.values(record(value))) {
      const found = first(inner);
      if (found !== null) return found;
    }
    return null;
  };
  if (specifier in imports) return first(imports[specifier]);
  for (const [pattern, target] of Object.entries(imports)) {
    const [before, after] = pattern.split('*');
    if (before === undefined || after === undefined || !specifier.startsWith(before)) continue;
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return first(target)?.replaceAll('*', middle) ?? null;
  }
  return null;
}
