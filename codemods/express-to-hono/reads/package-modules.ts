import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { ResolverFactory } from 'oxc-resolver';
import { MigrateError } from '../../../src/model/errors.ts';
import type { Modules, Resolution } from '../../../src/workspace/syntax/modules.ts';
import { type ParsedFile, parseFile, SOURCE_FILE } from '../../../src/workspace/syntax/parse.ts';

/** The code of installed packages: each file is read and parsed when it is first asked for. Paths are absolute. */
export interface PackageModules extends Modules {
  /** The file that an import of a package loads; null where it is not installed. */
  entryOf(from: string, specifier: string, how: 'import' | 'require'): string | null;
}

/** A file of more text than this is a bundle: reading it would take longer than the whole conversion. */
const LONGEST = 150_000;

/** Looks at what is installed for an application, as Node resolves it. */
export function packageModules(root: string): PackageModules {
  const texts = new Map<string, string | null>();
  const parsed = new Map<string, ParsedFile | null>();
  const failed: { path: string; reason: string }[] = [];
  const resolvers = new Map(
    (['import', 'require'] as const).map((how) => [
      how,
      new ResolverFactory({
        conditionNames: ['node', how, 'default'],
        extensions: ['.js', '.json', '.cjs', '.mjs'],
        mainFields: ['main'],
        builtinModules: false,
      }),
    ]),
  );
  const entryOf: PackageModules['entryOf'] = (from, specifier, how) =>
    resolvers.get(how)?.sync(dirname(from), specifier).path ?? null;

  function text(path: string): string | null {
    const known = texts.get(path);
    if (known !== undefined) return known;
    const isSource = SOURCE_FILE.test(path) && existsSync(path);
    const read = isSource ? readFileSync(path, 'utf8') : null;
    const found = read !== null && read.length <= LONGEST ? read : null;
    texts.set(path, found);
    return found;
  }

  function file(path: string): ParsedFile | null {
    const known = parsed.get(path);
    if (known !== undefined) return known;
    const source = text(path);
    let found: ParsedFile | null = null;
    try {
      if (source !== null) found = parseFile(path, source, { packageType: typeOf(path) });
    } catch (error) {
      if (!(error instanceof MigrateError)) throw error;
      failed.push({ path, reason: error.message });
    }
    parsed.set(path, found);
    return found;
  }

  function resolve(from: string, specifier: string): Resolution {
    if (specifier.startsWith('node:') || isBuiltin(specifier))
      return { kind: 'builtin', name: specifier.replace(/^node:/, '') };
    const how = file(from)?.module === 'esm' ? 'import' : 'require';
    const path = entryOf(from, specifier, how);
    return path === null
      ? { kind: 'unknown', reason: `\`${specifier}\` is not installed` }
      : { kind: 'file', path };
  }

  return {
    ...{
      root,
      paths: [],
      files: [],
      packages: [],
      failed,
      text,
      file,
      kept: file,
      glance: file,
      resolve,
      entryOf,
    },
    ...{ importersOf: () => [], importsOf: () => [], loadsOf: () => [], packagesOf: () => [] },
    leavesRoot: () => false,
  };
}

/** The folder of the package that a file is of. */
export function packageFolder(path: string): string {
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) {
    const manifest = join(at, 'package.json');
    // Folders of a package may hold a package.json that says no more than `{ "type": "module" }`.
    if (existsSync(manifest) && /"name"\s*:/.test(readFileSync(manifest, 'utf8'))) return at;
  }
  return dirname(path);
}

function typeOf(path: string): string | undefined {
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) {
    const manifest = join(at, 'package.json');
    if (!existsSync(manifest)) continue;
    return /"type"\s*:\s*"(module|commonjs)"/.exec(readFileSync(manifest, 'utf8'))?.[1];
  }
  return undefined;
}

/** A place in a package as a reader finds it: `lusca/lib/csrf.js:77`. */
export const placeIn = (file: ParsedFile, offset: number): string =>
  `${file.path.slice(file.path.lastIndexOf('node_modules/') + 'node_modules/'.length)}:${file.locate(offset).line}`;
