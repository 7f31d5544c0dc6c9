import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, posix, relative, resolve, sep } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { createClassifier, isInside, ownPaths, walk } from './files.ts';
import { isRepository, listFiles } from './git.ts';
import { type PackageJson, parsePackageJson } from './package-json.ts';
import { DEFAULT_LIMITS, type ReadLimits, readText } from './text.ts';

/** The user's repository: which files it has and what they say. Reads are cached; nothing here writes. */
export interface Repository {
  /** Absolute, with symbolic links resolved. */
  readonly root: string;
  /** Whether the list of files is git's (tracked and unignored) or a walk's. */
  readonly git: boolean;
  /** Relative to `root`, with `/`, in git's order. Installed packages and `.migrate` are never in it. */
  readonly files: readonly string[];
  /** Listed or read paths that are not text we work on, with the reason. Grows as files are read. */
  readonly skipped: ReadonlyMap<string, string>;
  /** The parsed manifest at the root; `{}` when it was optional and is missing. */
  readonly packageJson: PackageJson;
  /** Exact characters of a file, or null when it is missing or skipped. */
  read(path: string): Promise<string | null>;
  has(path: string): boolean;
  /** Absolute path of a file of the repository. @throws MigrateError `OUTSIDE_REPOSITORY` */
  resolve(path: string): string;
  /** The paths that a user's arguments (files, directories, `.`) mean, relative to `from`. Unknown ones match nothing. */
  select(args: readonly string[], from?: string): { paths: readonly string[]; unmatched: readonly string[] };
}

export interface OpenOptions {
  limits?: Partial<ReadLimits>;
  /** `optional`: a directory without package.json is accepted (a broken one never is). Default `required`. */
  packageJson?: 'required' | 'optional';
}

/**
 * Opens the repository, or the part of one, at `dir`.
 *
 * @throws MigrateError (exit 3) `NO_DIRECTORY`, `NOT_A_DIRECTORY`, `EMPTY_DIRECTORY`, `NO_PACKAGE_JSON`, `BROKEN_PACKAGE_JSON`, `GIT_REFUSED`
 */
export async function openRepository(dir: string, options: OpenOptions = {}): Promise<Repository> {
  const root = existingDirectory(dir);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const git = await isRepository(root);
  const skipped = new Map<string, string>();
  const files: string[] = [];
  const listed = ownPaths(root, git ? await listFiles(root) : walk(root));
  const classify = createClassifier(root, listed);
  for (const path of listed) {
    const kind = classify(path);
    if (kind === 'file') files.push(path);
    else if (kind) skipped.set(path, kind.reason);
  }
  if (files.length === 0) {
    throw new MigrateError('EMPTY_DIRECTORY', `${root} has no files to work on.`, {
      hint: 'Point at the directory that holds your package.json.',
    });
  }
  const known = new Set(files);
  const cache = new Map<string, string | null>();
  const inside = new Set<string>();

  /** The path of a listed file: `classify` has followed it if it is a link, so its folder alone is left to resolve. */
  const locate = (path: string): string => {
    if (!known.has(path)) return resolveInside(root, path);
    const folder = posix.dirname(path);
    if (!inside.has(folder)) resolveInside(root, folder);
    inside.add(folder);
    return `${root}${sep}${path}`;
  };

  const read = async (path: string): Promise<string | null> => {
    const cached = cache.get(path);
    if (cached !== undefined) return cached;
    const absolute = locate(path);
    if (!known.has(path) && !statSync(absolute, { throwIfNoEntry: false })?.isFile()) return null;
    const result = readText(absolute, path, limits);
    if ('reason' in result) skipped.set(path, result.reason);
    const text = 'text' in result ? result.text : null;
    cache.set(path, text);
    return text;
  };

  return {
    root,
    git,
    files,
    skipped,
    packageJson: parsePackageJson(root, options.packageJson ?? 'required'),
    read,
    has: (path) => known.has(path),
    resolve: (path) => resolveInside(root, path),
    select: (args, from = root) => select(root, files, args, from),
  };
}

/**
 * The root and manifest of the project at `dir`, without asking git or listing a file.
 *
 * @throws MigrateError as {@link openRepository}, but for `GIT_REFUSED`
 */
export async function openProject(dir: string): Promise<Pick<Repository, 'root' | 'packageJson'>> {
  const root = existingDirectory(dir);
  // Which of the reasons it is, the whole list tells.
  if (!existsSync(join(root, 'package.json'))) return openRepository(dir);
  return { root, packageJson: parsePackageJson(root, 'required') };
}

function existingDirectory(dir: string): string {
  const stat = statSync(dir, { throwIfNoEntry: false });
  if (!stat) {
    throw new MigrateError('NO_DIRECTORY', `${dir} does not exist.`, { hint: 'Check the path you gave.' });
  }
  if (!stat.isDirectory()) {
    throw new MigrateError('NOT_A_DIRECTORY', `${dir} is not a directory.`, {
      hint: 'Point at the directory that holds your package.json.',
    });
  }
  return realpathSync(dir);
}

/**
 * Absolute path for a repository-relative one, checked through symbolic links: the nearest existing parent must be
 * inside `root` once resolved.
 *
 * @throws MigrateError `OUTSIDE_REPOSITORY`
 */
export function resolveInside(root: string, path: string): string {
  const absolute = resolve(root, path);
  let existing = absolute;
  for (;;) {
    try {
      existing = realpathSync.native(existing);
      break;
    } catch {
      if (dirname(existing) === existing) break;
      existing = dirname(existing);
    }
  }
  if (isAbsolute(path) || !isInside(root, absolute) || !isInside(root, existing)) {
    throw new MigrateError('OUTSIDE_REPOSITORY', `${path} is outside the repository ${root}.`);
  }
  return absolute;
}

function select(root: string, files: readonly string[], args: readonly string[], from: string) {
  if (args.length === 0) return { paths: files, unmatched: [] };
  const chosen = new Set<string>();
  const unmatched: string[] = [];
  for (const arg of args) {
    let absolute = resolve(from, arg);
    try {
      absolute = join(realpathSync(dirname(absolute)), absolute.slice(dirname(absolute).length));
    } catch {
      // A missing parent: it matches nothing below.
    }
    const path = normalize(relative(root, absolute)).split(sep).join('/').replace(/\/$/, '');
    const matches =
      path === '.' ? files : files.filter((file) => file === path || file.startsWith(`${path}/`));
    if (matches.length === 0) unmatched.push(arg);
    for (const match of matches) chosen.add(match);
  }
  return { paths: files.filter((file) => chosen.has(file)), unmatched };
}
