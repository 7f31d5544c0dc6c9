import type { Command as Program } from 'commander';
import { codemodIds, isTransformPath } from '../../codemod/registry.ts';

/**
 * The commands that may have been meant where a word names none, each written out with the words around it:
 * `codemod express-to-hono --write` is `codemod run express-to-hono --write`.
 *
 * @param program with every command there is
 * @param args what was typed after the program's name
 */
export async function meant(program: Program, args: readonly string[]): Promise<string[]> {
  const { group, depth } = deepest(program, args);
  const unknown = args[depth];
  if (unknown === undefined || unknown.startsWith('-')) return [];
  const after = args.slice(depth + 1);
  const codemods = isTransformPath(unknown) ? [unknown] : nearest(unknown, await codemodIds(), (id) => id);
  if (codemods.length > 0 && (depth === 0 || args[0] === 'codemod'))
    return codemods.map((id) => line('codemod', 'run', id, ...after));
  const here = paths(group).map((path) => [...args.slice(0, depth), ...path]);
  const elsewhere = paths(program).filter((path) => path.at(-1) === unknown);
  const near = nearest(unknown, here, (path) => path.at(-1) ?? '');
  return (near.length > 0 ? near : elsewhere).map((path) => line(...path, ...after));
}

/** The group of commands that the first words lead to, and how many of them do. */
function deepest(program: Program, args: readonly string[]): { group: Program; depth: number } {
  let [group, depth] = [program, 0];
  for (const arg of args) {
    const next = group.commands.find((one) => one.name() === arg);
    if (next === undefined) break;
    group = next;
    depth += 1;
  }
  return { group, depth };
}

/** Every command below a group, as the words that call it. */
function paths(group: Program): string[][] {
  return group.commands.flatMap((one) => [[one.name()], ...paths(one).map((path) => [one.name(), ...path])]);
}

/** What is written most like a word, if it is like it at all: two letters otherwise, in a long one three. */
function nearest<T>(word: string, all: readonly T[], nameOf: (one: T) => string): T[] {
  const allowed = word.length < 4 ? 1 : word.length < 9 ? 2 : 3;
  const away = all.map((one) => distance(word, nameOf(one)));
  const least = Math.min(allowed, ...away);
  return all.filter((_, i) => away[i] === least);
}

/** Letters to put in, take out or change on the way from one word to another (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++)
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === to[j] ? 0 : 1)),
      );
    row = next;
  }
  return row[to.length] ?? 0;
}

const line = (...words: string[]): string =>
  ['migrate', ...words].map((word) => (/^[\w./:=@,-]+$/.test(word) ? word : `'${word}'`)).join(' ');
