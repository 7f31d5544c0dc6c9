import { posix } from 'node:path';
import { parse as parseJson } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { CodemodInput } from '../../src/codemod/contract.ts';
import { isPattern, matcher } from '../shared/files/glob.ts';

const Words = z.record(z.string(), z.unknown()).catch({}).default({});
const Manifest = z.looseObject({
  name: z.string().optional(),
  packageManager: z.string().optional(),
  workspaces: z.unknown().optional(),
  ...{ dependencies: Words, devDependencies: Words, optionalDependencies: Words, peerDependencies: Words },
  ...{
    overrides: Words,
    resolutions: Words,
    patchedDependencies: Words,
    pnpm: Words,
    dependenciesMeta: Words,
  },
});
export type Manifest = z.infer<typeof Manifest>;

/** What is to be kept when the package manager is another one. */
export interface Project {
  /** By path; the root's is first. */
  manifests: ReadonlyMap<string, Manifest>;
  /** Folders of the root and of its workspaces. */
  folders: string[];
  /** pnpm-workspace.yaml. */
  pnpm: Readonly<Record<string, unknown>>;
  npmrc: string;
}

/** Reads what package managers read. */
export async function readProject(input: CodemodInput): Promise<Project> {
  const root = await manifestAt(input, 'package.json');
  const yaml = await input.read('pnpm-workspace.yaml');
  const pnpm = Words.parse(yaml === null ? {} : parseYaml(yaml));
  const patterns = patternsOf(root?.workspaces, pnpm.packages);
  const manifests = new Map<string, Manifest>(root ? [['package.json', root]] : []);
  for (const path of input.paths) {
    const folder = posix.dirname(path);
    if (posix.basename(path) !== 'package.json' || folder === '.' || !isWorkspace(folder, patterns)) continue;
    const found = await manifestAt(input, path);
    if (found) manifests.set(path, found);
  }
  return {
    manifests,
    folders: [...manifests.keys()].map((path) => posix.dirname(path)),
    ...{ pnpm, npmrc: (await input.read('.npmrc')) ?? '' },
  };
}

async function manifestAt(input: CodemodInput, path: string): Promise<Manifest | null> {
  const text = await input.read(path);
  return text === null ? null : (Manifest.safeParse(parseJson(text.replace(/^\uFEFF/, ''))).data ?? null);
}

const Patterns = z.array(z.string()).catch([]);

const patternsOf = (workspaces: unknown, pnpm: unknown): string[] => {
  const given = Array.isArray(workspaces) ? workspaces : Words.parse(workspaces ?? {}).packages;
  return [...Patterns.parse(given), ...Patterns.parse(pnpm)];
};

function isWorkspace(folder: string, patterns: readonly string[]): boolean {
  const matches = (pattern: string) => {
    const plain = pattern.replace(/^\.\//, '').replace(/\/$/, '');
    return isPattern(plain) ? (matcher(plain)?.test(folder) ?? true) : plain === folder;
  };
  const [without, within] = [
    patterns.filter((each) => each.startsWith('!')),
    patterns.filter((each) => !each.startsWith('!')),
  ];
  return within.some(matches) && !without.some((each) => matches(each.slice(1)));
}

/** Every range that a project asks for, with who asks. */
export const rangesIn = ({ manifests }: Project): { file: string; name: string; range: string }[] =>
  [...manifests].flatMap(([file, { dependencies, devDependencies, optionalDependencies }]) =>
    Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).map(([name, range]) => ({
      ...{ file, name, range: String(range) },
    })),
  );
