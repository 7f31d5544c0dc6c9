import { parseSync } from 'oxc-parser';
import type { ChangeSet } from '../model/changeset.ts';
import { child, children, isMember } from '../workspace/syntax/nodes.ts';
import { parseFile } from '../workspace/syntax/parse.ts';
import { walk } from '../workspace/syntax/walk.ts';
import { isSource } from '../workspace/text.ts';
import type { Fault } from './case-fault.ts';
import { type Case, type CaseRun, runOnTree, type Tree } from './cases.ts';
import type { Codemod } from './contract.ts';
import { parseProblem } from './gate.ts';
import type { runCodemod } from './runner.ts';

/**
 * Comments that are gone and not reported, counted: two alike must both be there. They may move to another file. A comment
 * goes with its statement only where the codemod deletes the file, or in files the case says lose statements (`removes`).
 */
export function lostComments(
  before: Tree,
  { tree, changeSet }: CaseRun,
  removes: readonly string[],
): Fault[] {
  const left = new Map<string, number>();
  for (const [path, text] of tree) {
    if (text === before.get(path)) continue;
    for (const { comment } of commentsOf(path, text)) left.set(comment, (left.get(comment) ?? 0) + 1);
  }
  const faults: Fault[] = [];
  for (const [path, text] of before) {
    if (text === tree.get(path) || removes.includes(path)) continue;
    for (const { comment, line } of commentsOf(path, text)) {
      const count = left.get(comment) ?? 0;
      left.set(comment, count - 1);
      if (count > 0 || isReported(changeSet, path, line)) continue;
      faults.push({ check: 'comments', message: `${path} lost the comment ${JSON.stringify(comment)}` });
    }
  }
  return faults;
}

/** Comments of a file with their lines, with what indentation changes taken out. */
const commentsOf = (path: string, text: string): { comment: string; line: number }[] =>
  isSource(path)
    ? parseSync(path, text).comments.map(({ value, start }) => ({
        comment: value.replace(/[\s*]+/g, ' ').trim(),
        line: text.slice(0, start).split('\n').length,
      }))
    : [];

/** A comment that was put into a tree, and where it stands there. */
interface PutComment {
  text: string;
  path: string;
  line: number;
  /** The source it stands at. */
  at: string;
}

/**
 * The same case with a comment in every place where people write one: each must be there after, or be reported, and the
 * rest of the result must be what it is without them.
 */
export async function everyComment(
  codemod: Codemod,
  before: Tree,
  first: CaseRun,
  { options, removes }: Pick<Case['notes'], 'options' | 'removes'>,
  run?: typeof runCodemod,
): Promise<Fault[]> {
  const { tree, comments } = commented(before);
  let after: CaseRun;
  try {
    after = await runOnTree(codemod, tree, options, run);
  } catch (error) {
    return [{ check: 'comments', message: `with comments everywhere: ${String(error)}` }];
  }
  const faults: Fault[] = [];
  const text = [...after.tree.values()].join('\n');
  for (const { text: name, path, line, at } of comments) {
    if (removes.includes(path) || text.includes(name) || isReported(after.changeSet, path, line)) continue;
    faults.push({ check: 'comments', message: `${path} lost a comment at ${JSON.stringify(at)}` });
  }
  if (removes.length > 0) return faults;
  for (const [path, expected] of first.tree) {
    const got = bare(after.tree.get(path) ?? '');
    if (got === bare(expected)) continue;
    faults.push({ check: 'comments', message: `${path} is another one with comments in it:\n${got}` });
  }
  return faults;
}

const isReported = ({ leftForYou }: ChangeSet, path: string, line: number): boolean =>
  leftForYou.some((left) => left.rule.endsWith('comments') && left.file === path && left.line === line);

const OWN = /\/\/ put \d+\.|\/\* put \d+\. \*\//g;

/** A text without the comments that were put there, and without layout. */
const bare = (text: string): string =>
  text
    .replace(OWN, '')
    .replace(/[\s;]+/g, '')
    .replace(/,([)}\]])/g, '$1');

/** Comments above each statement that begins a line, behind each that ends one, and before each link of a chain of calls. */
function commented(tree: Tree): { tree: Tree; comments: PutComment[] } {
  const comments: PutComment[] = [];
  const found = new Map<string, string>();
  for (const [path, text] of tree) {
    let now = '';
    let cursor = 0;
    for (const { offset, write, at } of isReadable(path, text) ? placesIn(path, text) : []) {
      const name = `put ${comments.length}.`;
      now += text.slice(cursor, offset);
      comments.push({ text: name, path, line: now.split('\n').length, at });
      now += write(name);
      cursor = offset;
    }
    found.set(path, now + text.slice(cursor));
  }
  return { tree: found, comments };
}

const isReadable = (path: string, text: string): boolean =>
  isSource(path) && parseProblem(path, text) === null;

interface CommentPlace {
  offset: number;
  write: (name: string) => string;
  at: string;
}

function placesIn(path: string, text: string): CommentPlace[] {
  const found: CommentPlace[] = [];
  const add = (offset: number, write: CommentPlace['write'], at: string) =>
    found.push({ offset, write, at: at.slice(0, 80) });
  walk(parseFile(path, text).program, {
    enter(node) {
      const isList = node.type === 'Program' || node.type === 'BlockStatement';
      for (const { start, end, directive } of isList ? children(node, 'body') : []) {
        if (typeof directive === 'string') continue;
        const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
        const statement = text.slice(start, end);
        if (indent.trim() === '') add(start, (name) => `// ${name}\n${indent}`, statement);
        if (/^[ \t]*(\r?\n|$)/.test(text.slice(end))) add(end, (name) => ` // ${name}`, statement);
      }
      const object = isMember(node) && node.computed !== true ? child(node, 'object') : null;
      if (object?.type === 'CallExpression')
        add(object.end, (name) => ` /* ${name} */`, text.slice(object.end, node.end));
    },
  });
  return found.sort((a, b) => a.offset - b.offset);
}
