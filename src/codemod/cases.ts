import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ChangeSet } from '../model/changeset.ts';
import { parsePackageJson } from '../workspace/package-json.ts';
import { openRepository, type Repository } from '../workspace/repository.ts';
import type { Codemod } from './contract.ts';
import { runCodemod } from './runner.ts';

/**
 * `notes.json` of a case. What is absent means "none": a case whose codemod leaves, refuses or fails something says so.
 */
const Notes = z.strictObject({
  /** What the case shows, for people. */
  about: z.string().optional(),
  options: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])).default({}),
  /** `file:line:column rule` */
  leftForYou: z.array(z.string()).default([]),
  /** Outcomes that are not `converted`: `file:line:column bridged`. */
  outcomes: z.array(z.string()).default([]),
  /** `runtime METHOD /route` */
  limits: z.array(z.string()).default([]),
  /** Paths of created files whose text the case does not pin: what a generator with tests of its own writes. */
  generated: z.array(z.string()).default([]),
  /** Files that code is taken out of together with the comments on it. */
  removes: z.array(z.string()).default([]),
  /** Paths. */
  failed: z.array(z.string()).default([]),
});
export type Notes = z.infer<typeof Notes>;

/** One case: a tree of texts before, the tree after (null: nothing may change), and what else is expected. */
export interface Case {
  name: string;
  before: ReadonlyMap<string, string>;
  after: ReadonlyMap<string, string> | null;
  notes: Notes;
}

/** What one run made of a tree. */
export interface CaseRun {
  tree: ReadonlyMap<string, string>;
  changeSet: ChangeSet;
}

/**
 * Reads `codemods/<id>/cases/*`: `input.<ext>` with or without `expected.<ext>`, or `before/` with or without `after/`.
 * Files without a counterpart in `expected` or `after` must stay byte-identical only when nothing at all is expected.
 */
export async function readCases(folder: URL, id: string): Promise<Case[]> {
  const cases = fileURLToPath(new URL(`${id}/cases/`, folder));
  if (!existsSync(cases)) return [];
  const names = (await readdir(cases, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(names.map((entry) => readCase(join(cases, entry.name), entry.name)));
}

async function readCase(folder: string, name: string): Promise<Case> {
  const notesFile = join(folder, 'notes.json');
  const notes = Notes.parse(existsSync(notesFile) ? JSON.parse(await readFile(notesFile, 'utf8')) : {});
  if (existsSync(join(folder, 'before'))) {
    const after = existsSync(join(folder, 'after')) ? await readTree(join(folder, 'after')) : null;
    return { name, before: await readTree(join(folder, 'before')), after, notes };
  }
  const files = await readdir(folder);
  const input = files.find((file) => file.startsWith('input.'));
  if (!input) throw new Error(`${folder} has neither input.<ext> nor before/`);
  const expected = files.find((file) => file.startsWith('expected.'));
  const text = (file: string) => readFile(join(folder, file), 'utf8');
  return {
    name,
    before: new Map([[input, await text(input)]]),
    after: expected ? new Map([[input, await text(expected)]]) : null,
    notes,
  };
}

/** Files by path, with their text. */
export type Tree = ReadonlyMap<string, string>;

async function readTree(root: string): Promise<Map<string, string>> {
  const tree = new Map<string, string>();
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    tree.set(relative(root, file).split(sep).join('/'), await readFile(file, 'utf8'));
  }
  return tree;
}

/** Paths that mean something to what reads the disk by itself: path aliases, and folders that a walk leaves out. */
const NEEDS_DISK =
  /(?:^|\/)(?:[tj]sconfig[^/]*\.json|(?:node_modules|dist|build|coverage|\.[^/]*)(?:\/.*)?)$/;

/** A repository that is nowhere but in memory: a case is run several times, and most of a run would be the disk. */
function treeRepository(tree: Tree): Repository {
  const root = join(tmpdir(), 'migrate-case');
  const files = [...tree.keys()].sort();
  return {
    ...{ root, git: false, files, skipped: new Map(), packageJson: parsePackageJson(root, 'optional') },
    read: async (path) => tree.get(path) ?? null,
    has: (path) => tree.has(path),
    resolve: (path) => join(root, path),
    select: () => ({ paths: files, unmatched: [] }),
  };
}

function resultOf(before: Tree, changeSet: ChangeSet): CaseRun {
  const tree = new Map(before);
  for (const file of changeSet.files) {
    if (file.newText !== null) tree.set(file.path, file.newText);
    else if (file.status === 'deleted') tree.delete(file.path);
  }
  return { tree, changeSet };
}

/** Runs a codemod over a tree of texts, in a scratch directory where it needs one. */
export async function runOnTree(
  codemod: Codemod,
  before: ReadonlyMap<string, string>,
  options: Notes['options'],
  run: typeof runCodemod = runCodemod,
): Promise<CaseRun> {
  const signal = new AbortController().signal;
  if (![...before.keys()].some((path) => NEEDS_DISK.test(path))) {
    const repository = treeRepository(before);
    return resultOf(before, await run(codemod, { repository, paths: repository.files, options, signal }));
  }
  return runInFolder(codemod, before, options, run);
}

/** Runs a codemod over a tree of texts that is written to a folder of its own first, as a user's repository is. */
export async function runInFolder(
  codemod: Codemod,
  before: Tree,
  options: Notes['options'],
  run: typeof runCodemod = runCodemod,
): Promise<CaseRun> {
  const root = await mkdtemp(join(tmpdir(), 'migrate-case-'));
  const signal = new AbortController().signal;
  try {
    for (const [path, text] of before) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const repository = await openRepository(root, { packageJson: 'optional' });
    return resultOf(before, await run(codemod, { repository, paths: repository.files, options, signal }));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
