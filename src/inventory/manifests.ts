import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Evidence } from '../model/inventory.ts';
import { names, workspaceRoot } from '../workspace/enclosing.ts';
import { DEPENDENCY_FIELDS, type DependencyField } from '../workspace/package-json.ts';
import type { Repository } from '../workspace/repository.ts';
import { evidenceAt } from './evidence.ts';
import { type JsonPlaces, jsonPlaces } from './readers/json.ts';

/** A package.json of the repository with the places of its keys. */
export interface Manifest {
  file: string;
  /** `''` for the root, `packages/api` for a workspace. */
  folder: string;
  raw: Readonly<Record<string, unknown>>;
  text: string;
  places: JsonPlaces;
}

/** A manifest of a workspace that could not be read. */
export interface BrokenManifest {
  file: string;
  reason: string;
}

/** The root's package.json (if there is one) and those of its workspaces. */
export async function readManifests(
  repository: Repository,
): Promise<{ manifests: Manifest[]; broken: BrokenManifest[] }> {
  const manifests: Manifest[] = [];
  const broken: BrokenManifest[] = [];
  if (repository.packageJson.text !== '') {
    manifests.push(manifest('package.json', repository.packageJson.text, repository.packageJson.raw));
  }
  const workspaces = await workspaceManifests(repository);
  if (workspaces.broken !== null) broken.push(workspaces.broken);
  for (const file of workspaces.files) {
    const text = await repository.read(file);
    if (text === null) {
      broken.push({ file, reason: repository.skipped.get(file) ?? 'cannot be read' });
      continue;
    }
    try {
      const raw: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
      if (isRecord(raw)) manifests.push(manifest(file, text, raw));
      else broken.push({ file, reason: 'is not a JSON object' });
    } catch (error) {
      broken.push({ file, reason: `is not valid JSON: ${(error as Error).message}` });
    }
  }
  return { manifests, broken };
}

/**
 * The package.json of the larger repository a package is a workspace of, as the package sees it (`../../package.json`):
 * package managers read settings for all workspaces there. Null when there is none that can be read.
 */
function manifestAbove({ root }: Repository): Manifest | null {
  const above = workspaceRoot(root);
  if (above === null) return null;
  const file = `${relative(root, above).split(sep).join('/')}/package.json`;
  try {
    const text = readFileSync(join(above, 'package.json'), 'utf8');
    const raw: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return isRecord(raw) ? manifest(file, text, raw) : null;
  } catch {
    // Absent or broken: an inventory of that repository says so.
    return null;
  }
}

/** The manifests, and the one above them that holds settings for all workspaces. */
export const withAbove = (repository: Repository, manifests: readonly Manifest[]): Manifest[] => {
  const above = manifestAbove(repository);
  return above === null ? [...manifests] : [...manifests, above];
};

/** The package.json files of the workspaces; those that a file of pnpm's which does not parse may name are not known. */
async function workspaceManifests(
  repository: Repository,
): Promise<{ files: string[]; broken: BrokenManifest | null }> {
  const patterns = [...repository.packageJson.workspaces];
  const pnpm = repository.has('pnpm-workspace.yaml') ? await repository.read('pnpm-workspace.yaml') : null;
  let broken: BrokenManifest | null = null;
  if (pnpm !== null) {
    try {
      const document: unknown = parseYaml(pnpm, { logLevel: 'error' });
      const packages = isRecord(document) ? document.packages : null;
      if (Array.isArray(packages)) patterns.push(...packages.filter((item) => typeof item === 'string'));
    } catch (error) {
      const [said = ''] = (error as Error).message.split('\n');
      broken = { file: 'pnpm-workspace.yaml', reason: `is not valid YAML: ${said.replace(/:$/, '')}` };
    }
  }
  const isNamed = (file: string): boolean =>
    file.endsWith('/package.json') && names(patterns, file.slice(0, -'/package.json'.length));
  return { files: patterns.length === 0 ? [] : repository.files.filter(isNamed), broken };
}

const manifest = (file: string, text: string, raw: Record<string, unknown>): Manifest => ({
  file,
  folder: file === 'package.json' ? '' : file.slice(0, -'/package.json'.length),
  raw,
  text,
  places: jsonPlaces(text),
});

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string entries of a field of a manifest: `scripts`, `engines`. */
export function stringEntries(value: unknown): [string, string][] {
  if (!isRecord(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

/** Where a manifest says something, as a fact that was read rather than guessed. */
export const said = (from: Manifest, ...path: (string | number)[]): Evidence =>
  evidenceAt(from.file, from.text, from.places.offset(...path) ?? 0, 'read');

/** Every declared dependency of every manifest. */
export function declarations(
  manifests: readonly Manifest[],
): { manifest: Manifest; field: DependencyField; name: string; range: string }[] {
  return manifests.flatMap((from) =>
    DEPENDENCY_FIELDS.flatMap((field) =>
      stringEntries(from.raw[field]).map(([name, range]) => ({ manifest: from, field, name, range })),
    ),
  );
}

/** Whether a manifest declares one of these packages, to run or to develop with. */
export const declares = (raw: Manifest['raw'], names: ReadonlySet<string>): boolean =>
  [...stringEntries(raw.dependencies), ...stringEntries(raw.devDependencies)].some(([name]) =>
    names.has(name),
  );
