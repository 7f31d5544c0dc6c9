import { MigrateError } from '../../model/errors.ts';
import { ownPaths } from '../files.ts';
import { babelAliases } from './babel-aliases.ts';
import { compiledOutputs, compilerOf } from './compiled-output.ts';
import { type ParsedFile, parseFile, SOURCE_FILE } from './parse.ts';
import { createResolver, type LocalPackage, type Resolution } from './resolve.ts';

export type { Resolution } from './resolve.ts';

/** What a codemod or detector hands over: the repository's files and how to read them. */
export interface ModuleInput {
  /** Absolute path of the repository. */
  root: string;
  /** Files relative to the root, with `/`; others are not read. */
  paths: readonly string[];
  read(path: string): Promise<string | null>;
}

/** The modules of a repository: who imports whom, by text; each file is parsed when it is first asked for. */
export interface Modules {
  root: string;
  /** Source files that were read, in the order given. */
  paths: readonly string[];
  /** Every file of the repository that was handed over, source or not. */
  files: readonly string[];
  packages: readonly LocalPackage[];
  text(path: string): string | null;
  /** The parsed file; null when there is no such file or it does not parse (see `failed`). */
  file(path: string): ParsedFile | null;
  /** The parsed file where somebody asked for it by `file`; nothing is parsed. */
  kept(path: string): ParsedFile | null;
  /** The same for one look: a file that nobody asked for by `file` is parsed and not kept. */
  glance(path: string): ParsedFile | null;
  resolve(from: string, specifier: string): Resolution;
  /** Files that import a file, by any form with a literal specifier. */
  importersOf(path: string): readonly string[];
  importsOf(path: string): readonly string[];
  /** Those of them that are loaded when the file runs: `import type` and `export type` load nothing. */
  loadsOf(path: string): readonly string[];
  /** Packages that a file imports, by any form with a literal specifier. */
  packagesOf(path: string): readonly string[];
  /** Whether a file imports another one that lies outside the root. */
  leavesRoot(path: string): boolean;
  /** Files that were asked for and do not parse. */
  failed: readonly { path: string; reason: string }[];
}

const SPECIFIER =
  /(?<![.\w$])(?:(?:from|export)\s*|(?:import|require(?:\.resolve)?)\s*\(?\s*)(?:'([^'\n]+)'|"([^"\n]+)"|`([^`$\n]+)`)/g;
/** `import type … from 'x'`, as a statement; the text between is names alone. */
const TYPED = /^[ \t]*(?:import|export)[ \t]+type[ \t]+[\w$*{][\w$*{},\s]*?\bfrom\s*["']([^"'\n]+)["']/gm;

/** Whether a line is a comment up to a place: an import that somebody left there loads nothing. */
const isCommentedOut = (text: string, at: number): boolean =>
  text
    .slice(text.lastIndexOf('\n', at) + 1, at)
    .trimStart()
    .startsWith('//');

/** What a text imports for its types only: every statement that names it says so. */
function typeOnly(text: string): ReadonlySet<string> {
  const typed = new Map<string, number>();
  for (const [, specifier = ''] of text.matchAll(TYPED))
    typed.set(specifier, (typed.get(specifier) ?? 0) + 1);
  if (typed.size === 0) return new Set();
  for (const match of text.matchAll(SPECIFIER)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const left = typed.get(specifier);
    if (left !== undefined) typed.set(specifier, left - 1);
  }
  // What is named once more than by its types is loaded.
  return new Set([...typed].flatMap(([specifier, left]) => (left === 0 ? [specifier] : [])));
}

/** Generated bundles are no source: nobody edits a line of this length. */
const LONGEST_SOURCE = 2_000_000;

/** `bin/www`, as the Express generator writes it: a program without an extension, told by its first line. */
const PROGRAM_FILE = /(?:^|\/)bin\/[^./]+$/;
const RUN_BY_NODE = /^\uFEFF?#!.*\bnode\b/;

async function readAll(input: ModuleInput, paths: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let start = 0; start < paths.length; start += 64) {
    const batch = paths.slice(start, start + 64);
    const read = await Promise.all(batch.map((path) => input.read(path)));
    for (const [index, text] of read.entries()) {
      const path = batch[index];
      if (path !== undefined && text !== null) texts.set(path, text);
    }
  }
  return texts;
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Settings of Babel, and the folder they are for. */
const BABEL = /^(?:(.*)\/)?(babel\.config\.json|\.babelrc(?:\.json)?)$/;

/**
 * Reads the source files of a repository and finds its imports by text, so that only the files somebody asks for are
 * parsed. Never throws for a broken file: it is listed in `failed` once it is asked for.
 */
export async function loadModules(input: ModuleInput): Promise<Modules> {
  const tracked = ownPaths(input.root, input.paths);
  const settings = tracked.filter((path) =>
    /(?:^|\/)(?:(?:package|tsconfig[^/]*|jsconfig|babel\.config)\.json|\.babelrc(?:\.json)?)$/.test(path),
  );
  const configurations = await readAll(input, settings);
  const compilers = [...configurations].flatMap(([path, text]) =>
    /(?:^|\/)tsconfig[^/]*$/.test(path) ? (compilerOf(path, text) ?? []) : [],
  );
  const compiled = compiledOutputs(tracked, compilers);
  const sources = tracked.filter(
    (path) =>
      ((SOURCE_FILE.test(path) && !/\.min\.js$/.test(path)) || PROGRAM_FILE.test(path)) &&
      !compiled.has(path),
  );
  const texts = await readAll(input, sources);
  const packages: LocalPackage[] = [];
  let aliased = false;
  const renamed = new Map<string, Record<string, string>>();
  for (const [path, text] of configurations) {
    const [, folder, babel] = BABEL.exec(path) ?? [];
    if (babel !== undefined) {
      renamed.set(folder ?? '', babelAliases(parseJson(text)));
      continue;
    }
    if (!path.endsWith('package.json')) {
      aliased ||= /"(?:paths|baseUrl)"\s*:/.test(text);
      continue;
    }
    const json = parseJson(text);
    const name = typeof json.name === 'string' ? json.name : null;
    packages.push({ name, folder: path.replace(/\/?package\.json$/, ''), json });
  }
  for (const each of packages)
    each.aliases = { ...babelAliases(each.json.babel), ...renamed.get(each.folder) };
  for (const [path, text] of texts) {
    const isScript = SOURCE_FILE.test(path) || RUN_BY_NODE.test(text);
    if (text.length > LONGEST_SOURCE || !isScript) texts.delete(path);
  }

  const resolve = createResolver(input.root, new Set(tracked), packages, aliased);
  const imports = new Map<string, readonly string[]>();
  const loads = new Map<string, readonly string[]>();
  const imported = new Map<string, readonly string[]>();
  const importers = new Map<string, string[]>();
  const leaving = new Set<string>();
  for (const [path, text] of texts) {
    const targets = new Set<string>();
    const names = new Set<string>();
    for (const match of text.matchAll(SPECIFIER)) {
      if (isCommentedOut(text, match.index)) continue;
      const specifier = match[1] ?? match[2] ?? match[3] ?? '';
      const found = resolve(path, specifier);
      if (found.kind === 'file' && found.path !== path) targets.add(found.path);
      if (found.kind === 'package') names.add(found.name);
      if (found.kind === 'unknown' && found.isOutside) leaving.add(path);
    }
    if (names.size > 0) imported.set(path, [...names]);
    imports.set(path, [...targets]);
    const typed = typeOnly(text);
    if (typed.size > 0) {
      const kept = [...text.matchAll(SPECIFIER)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
      const runs = new Set(kept.filter((each) => !typed.has(each)).map((each) => resolve(path, each)));
      const files = new Set([...runs].flatMap((found) => (found.kind === 'file' ? [found.path] : [])));
      loads.set(
        path,
        [...targets].filter((target) => files.has(target)),
      );
    }
    for (const target of targets) {
      const list = importers.get(target);
      if (list === undefined) importers.set(target, [path]);
      else list.push(path);
    }
  }

  const byDepth = [...packages].sort((a, b) => b.folder.length - a.folder.length);
  const typeOf = (path: string): string | undefined => {
    const own = byDepth.find(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
    return typeof own?.json.type === 'string' ? own.json.type : undefined;
  };
  const parsed = new Map<string, ParsedFile | null>();
  const failed: { path: string; reason: string }[] = [];
  const parse = (path: string, whole: boolean): ParsedFile | null => {
    const text = texts.get(path);
    if (text === undefined) return null;
    try {
      return parseFile(path, text, { packageType: typeOf(path), whole });
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      failed.push({ path, reason: error.message });
      // That it does not parse is told once.
      parsed.set(path, null);
      return null;
    }
  };
  return {
    root: input.root,
    paths: [...texts.keys()],
    files: tracked,
    packages,
    failed,
    text: (path) => texts.get(path) ?? null,
    resolve,
    importersOf: (path) => importers.get(path) ?? [],
    importsOf: (path) => imports.get(path) ?? [],
    loadsOf: (path) => loads.get(path) ?? imports.get(path) ?? [],
    packagesOf: (path) => imported.get(path) ?? [],
    leavesRoot: (path) => leaving.has(path),
    file(path) {
      const known = parsed.get(path);
      if (known !== undefined) return known;
      const file = parse(path, true);
      parsed.set(path, file);
      return file;
    },
    kept: (path) => parsed.get(path) ?? null,
    glance: (path) => parsed.get(path) ?? (parsed.has(path) ? null : parse(path, false)),
  };
}

/** The modules of some of the files, as if the others were not there; what was read and parsed is shared. */
export function selectModules(modules: Modules, isWanted: (path: string) => boolean): Modules {
  const wanted = new Set(modules.paths.filter(isWanted));
  const asked = new Set<string>();
  const isThere = (path: string) => wanted.has(path);
  return {
    ...{ root: modules.root, packages: modules.packages, paths: [...wanted] },
    files: modules.files.filter((path) => isWanted(path)),
    get failed() {
      return modules.failed.filter(({ path }) => asked.has(path));
    },
    text: (path) => (isThere(path) ? modules.text(path) : null),
    file(path) {
      if (!isThere(path)) return null;
      asked.add(path);
      return modules.file(path);
    },
    kept: (path) => (isThere(path) ? modules.kept(path) : null),
    glance(path) {
      if (!isThere(path)) return null;
      asked.add(path);
      return modules.glance(path);
    },
    resolve(from, specifier) {
      const found = modules.resolve(from, specifier);
      const isSource = found.kind === 'file' && modules.text(found.path) !== null;
      return isSource && !isThere(found.path)
        ? { kind: 'unknown', reason: `${found.path} is left out` }
        : found;
    },
    importersOf: (path) => modules.importersOf(path).filter(isThere),
    importsOf: (path) =>
      modules.importsOf(path).filter((each) => isThere(each) || modules.text(each) === null),
    loadsOf: (path) => modules.loadsOf(path).filter((each) => isThere(each) || modules.text(each) === null),
    packagesOf: (path) => (isThere(path) ? modules.packagesOf(path) : []),
    leavesRoot: (path) => isThere(path) && modules.leavesRoot(path),
  };
}
