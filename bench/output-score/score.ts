import type { ChangeSet } from '../../src/model/changeset.ts';
import { loadModules } from '../../src/workspace/syntax/modules.ts';
import { SOURCE_FILE } from '../../src/workspace/syntax/parse.ts';
import { type AnswerKind, answersOf } from './answers.ts';
import { honoModules } from './imports.ts';

/** Files by path, with their text. */
export type Tree = ReadonlyMap<string, string>;

/** How much Hono one program is. */
export interface Score {
  /** What became of its handlers. */
  handlers: Record<'converted' | 'bridged' | 'kept' | 'refused', number>;
  /** Places that make a response, by how. Handlers that stay in Express have none. */
  answers: Record<AnswerKind, number>;
  /** Functions of support files that make responses, by name. */
  support: Record<string, number>;
  /** Files the conversion wrote, with their lines. */
  generated: Record<string, number>;
  dependencies: { before: number; after: number; added: string[]; removed: string[] };
  /** Modules of Hono besides its core, with the number of files that import them. */
  hono: Record<string, number>;
}

/**
 * Measures what a run of the codemod made of a program.
 *
 * @param root absolute; where the program's files are, which path aliases are resolved against
 */
export async function scoreOf(root: string, before: Tree, changes: ChangeSet): Promise<Score> {
  const after = new Map(before);
  for (const { path, newText, status } of changes.files) {
    if (newText !== null) after.set(path, newText);
    else if (status === 'deleted') after.delete(path);
  }
  const created = changes.files.filter(({ status, path }) => status === 'created' && SOURCE_FILE.test(path));
  const count = (outcome: string) => changes.outcomes.filter((one) => one.outcome === outcome).length;
  return {
    handlers: {
      ...{ converted: count('converted'), bridged: count('bridged') },
      ...{ kept: count('kept'), refused: count('refused') },
    },
    ...(await readTree(root, after, new Set(created.map(({ path }) => path)))),
    dependencies: compareDependencies(before, after),
  };
}

/**
 * Measures a program that stands in Hono already.
 *
 * @param isSupport files that hold no code of the application, but what it needs of HTTP beyond Hono
 */
export async function scoreOfHono(
  root: string,
  express: Tree,
  hono: Tree,
  isSupport: (path: string) => boolean,
): Promise<Score> {
  return {
    handlers: { converted: 0, bridged: 0, kept: 0, refused: 0 },
    ...(await readTree(root, hono, new Set([...hono.keys()].filter(isSupport)))),
    dependencies: compareDependencies(express, hono),
  };
}

async function readTree(
  root: string,
  tree: Tree,
  generated: ReadonlySet<string>,
): Promise<Pick<Score, 'answers' | 'support' | 'generated' | 'hono'>> {
  const modules = await loadModules({
    root,
    paths: [...tree.keys()],
    read: async (path) => tree.get(path) ?? null,
  });
  const answers: Score['answers'] = { plain: 0, hono: 0, support: 0, response: 0 };
  const support: Score['support'] = {};
  for (const { kind, name } of answersOf(modules, generated)) {
    answers[kind] += 1;
    if (kind === 'support') support[name] = (support[name] ?? 0) + 1;
  }
  const lines = (path: string) => (tree.get(path)?.split('\n').length ?? 1) - 1;
  return {
    ...{ answers, support, hono: honoModules(modules) },
    generated: Object.fromEntries([...generated].sort().map((path) => [path, lines(path)])),
  };
}

/** Dependencies that a program is deployed with, over all its package.json files. */
function dependenciesIn(tree: Tree): Set<string> {
  const names = new Set<string>();
  for (const [path, text] of tree) {
    if (!/(^|\/)package\.json$/.test(path)) continue;
    const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
    for (const name of Object.keys(dependencies)) names.add(name);
  }
  return names;
}

function compareDependencies(before: Tree, after: Tree): Score['dependencies'] {
  const [old, now] = [dependenciesIn(before), dependenciesIn(after)];
  return {
    ...{ before: old.size, after: now.size },
    added: [...now].filter((name) => !old.has(name)).sort(),
    removed: [...old].filter((name) => !now.has(name)).sort(),
  };
}

/** Scores of several programs as one: sums, and each dependency and module once for each program that has it. */
export function sumOf(scores: readonly Score[]): Score {
  const sum = emptyScore();
  const add = (into: Record<string, number>, from: Readonly<Record<string, number>>) => {
    for (const [key, value] of Object.entries(from)) into[key] = (into[key] ?? 0) + value;
  };
  for (const [index, one] of scores.entries()) {
    add(sum.handlers, one.handlers);
    add(sum.answers, one.answers);
    add(sum.support, one.support);
    add(sum.hono, one.hono);
    sum.generated[String(index)] = linesOf(one);
    sum.dependencies.before += one.dependencies.before;
    sum.dependencies.after += one.dependencies.after;
    sum.dependencies.added.push(...one.dependencies.added);
    sum.dependencies.removed.push(...one.dependencies.removed);
  }
  return sum;
}

const emptyScore = (): Score => ({
  handlers: { converted: 0, bridged: 0, kept: 0, refused: 0 },
  answers: { plain: 0, hono: 0, support: 0, response: 0 },
  ...{ support: {}, generated: {}, hono: {} },
  dependencies: { before: 0, after: 0, added: [], removed: [] },
});

/** Lines of the files that the conversion wrote. */
export const linesOf = ({ generated }: Score): number =>
  Object.values(generated).reduce((sum, lines) => sum + lines, 0);

/** The part of the answers that is Hono's own, `c.*` or a function of its packages; null where there is none. */
export function nativeShare({ answers: { plain, hono, support, response } }: Score): number | null {
  const all = plain + hono + support + response;
  return all === 0 ? null : (plain + hono) / all;
}
