import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Lossless from 'lossless-json';
import { MigrateError } from '../model/errors.ts';
import { isInside } from './files.ts';
import { position } from './text.ts';

export const DEPENDENCY_FIELDS = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
] as const;
export type DependencyField = (typeof DEPENDENCY_FIELDS)[number];

/** What we read of a manifest. Fields of a wrong type in the file are dropped, not passed on. */
export interface PackageJson {
  name?: string;
  version?: string;
  type?: 'module' | 'commonjs';
  main?: string;
  private?: boolean;
  packageManager?: string;
  scripts: Readonly<Record<string, string>>;
  engines: Readonly<Record<string, string>>;
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
  peerDependencies: Readonly<Record<string, string>>;
  optionalDependencies: Readonly<Record<string, string>>;
  workspaces: readonly string[];
  /** The whole document, for anything else. */
  raw: Readonly<Record<string, unknown>>;
  /** The file's exact characters; empty when there is no file. */
  text: string;
}

/** @throws MigrateError `NO_PACKAGE_JSON`, `BROKEN_PACKAGE_JSON` (naming line and column), `OUTSIDE_REPOSITORY` for a link */
export function parsePackageJson(root: string, need: 'required' | 'optional'): PackageJson {
  const file = join(root, 'package.json');
  if (!existsSync(file)) {
    if (need === 'optional') return toPackageJson({}, '');
    throw new MigrateError('NO_PACKAGE_JSON', `${root} has no package.json.`, {
      hint: 'Point at the directory of a Node.js project, or create one with `npm init`.',
    });
  }
  if (!isInside(realpathSync(root), realpathSync(file)))
    throw new MigrateError(
      'OUTSIDE_REPOSITORY',
      `package.json of ${root} is a symbolic link that leaves the folder.`,
    );
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    throw new MigrateError('BROKEN_PACKAGE_JSON', 'package.json:1:1 is not a UTF-8 text file.');
  }
  return toPackageJson(parseManifest(text), text);
}

function parseManifest(text: string): Record<string, unknown> {
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(bom));
  } catch {
    throw brokenAt(text, bom);
  }
  if (isRecord(value)) return value;
  throw new MigrateError('BROKEN_PACKAGE_JSON', 'package.json:1:1 is not a JSON object.');
}

// JSON.parse of Node 20 often gives no position, and its wording changes by version; lossless-json always says where.
function brokenAt(text: string, bom: number): MigrateError {
  // Loaded here: a manifest that parses, as nearly all do, does not need it.
  const { parse: parseStrict } = createRequire(import.meta.url)('lossless-json') as typeof Lossless;
  let problem = 'a syntax error';
  let offset = bom;
  try {
    parseStrict(text.slice(bom));
  } catch (error) {
    const message = (error as Error).message;
    const found = /^(.*?) at position (\d+)/s.exec(message);
    offset = bom + Number(found?.[2] ?? 0);
    problem = found?.[1] ?? message;
  }
  const { line, column } = position(text, offset);
  return new MigrateError(
    'BROKEN_PACKAGE_JSON',
    `package.json:${line}:${column} is not valid JSON: ${problem}.`,
    {
      hint: 'Correct the syntax there and run again.',
    },
  );
}

function toPackageJson(raw: Record<string, unknown>, text: string): PackageJson {
  const workspaces = isRecord(raw.workspaces) ? raw.workspaces.packages : raw.workspaces;
  return {
    ...(typeof raw.name === 'string' && { name: raw.name }),
    ...(typeof raw.version === 'string' && { version: raw.version }),
    ...((raw.type === 'module' || raw.type === 'commonjs') && { type: raw.type }),
    ...(typeof raw.main === 'string' && { main: raw.main }),
    ...(typeof raw.private === 'boolean' && { private: raw.private }),
    ...(typeof raw.packageManager === 'string' && { packageManager: raw.packageManager }),
    scripts: strings(raw.scripts),
    engines: strings(raw.engines),
    dependencies: strings(raw.dependencies),
    devDependencies: strings(raw.devDependencies),
    peerDependencies: strings(raw.peerDependencies),
    optionalDependencies: strings(raw.optionalDependencies),
    workspaces: Array.isArray(workspaces) ? workspaces.filter((item) => typeof item === 'string') : [],
    raw,
    text,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function strings(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The declared range of a dependency and the field it stands in; null when it is not declared. */
export function declared(
  manifest: PackageJson,
  name: string,
): { field: DependencyField; range: string } | null {
  for (const field of DEPENDENCY_FIELDS) {
    const range = manifest[field][name];
    if (range !== undefined) return { field, range };
  }
  return null;
}
