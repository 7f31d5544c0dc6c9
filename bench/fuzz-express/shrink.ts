import { argumentsOf, child, children, isCall, isMember } from '../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';
import { isSource } from '../../src/workspace/text.ts';
import type { CoverageCase } from '../express-coverage/cases.ts';
import type { WIRE } from '../express-coverage/convert.ts';
import { judge, type Place, type Verdict } from './judge.ts';

/** Candidates that are tried in one pair of processes. */
const BATCH = 48;
/** What one program may take, ms. */
const LONGEST = 60_000;

/**
 * The smallest program found that is still wrong in the same way: pieces of its text (statements, arguments, properties, branches) and
 * requests are taken out, the largest first and many at a time, as long as what remains starts and differs.
 */
export async function shrink(
  wrong: Verdict,
  places: readonly Place[],
  codemod?: typeof WIRE,
): Promise<Verdict> {
  const here = places
    .filter(({ label }) => label === wrong.found?.on || wrong.found?.on === 'codemod')
    .map((place) => ({ ...place, takes: () => true }));
  const end = Date.now() + LONGEST;
  const still = async (some: readonly CoverageCase[], best: Verdict) => {
    const named = some.map((one, index) => ({ ...one, id: `s${index}` }));
    const verdicts = await judge(named, here, codemod, false);
    return verdicts.map((verdict) => (sort(verdict) === sort(best) ? verdict : null));
  };
  const request = wrong.found?.request;
  const [only] = request ? await still([{ ...wrong.one, requests: [request] }], wrong) : [];
  let best = only ?? wrong;
  /** Texts that are right, or wrong in another way. */
  const tried = new Set<string>();
  while (Date.now() < end) {
    const all = pieces(best.one).filter((piece) => !tried.has(key(without(best.one, [piece]))));
    const some = all.slice(0, BATCH);
    if (some.length === 0) return best;
    const found = await still(
      some.map((piece) => without(best.one, [piece])),
      best,
    );
    const good: Piece[] = [];
    for (const [index, piece] of some.entries()) {
      if (found[index]) good.push(piece);
      else tried.add(key(without(best.one, [piece])));
    }
    if (good.length === 0) continue;
    const apart = good.filter(
      (piece, index) => !good.slice(0, index).some((other) => overlaps(piece, other)),
    );
    // All that can go alone, then fewer of them: what one needs may stand in another.
    const sets: Piece[][] = [];
    for (let size = apart.length; size > 1; size = Math.floor(size / 2)) {
      for (let start = 0; start < apart.length && sets.length < BATCH; start += size)
        sets.push(apart.slice(start, start + size));
    }
    const together = await still(
      sets.map((set) => without(best.one, set)),
      best,
    );
    best = together.find((verdict) => verdict !== null) ?? found.find((verdict) => verdict !== null) ?? best;
  }
  return best;
}

const key = (one: CoverageCase): string => JSON.stringify([...one.files]);

const overlaps = (a: Piece, b: Piece): boolean => a.path === b.path && a.start < b.end && b.start < a.end;

/** A program without some of its pieces, which do not overlap. */
function without(one: CoverageCase, set: readonly Piece[]): CoverageCase {
  const files = new Map(one.files);
  for (const { path, start, end, put } of [...set].sort((a, b) => b.start - a.start)) {
    const text = files.get(path) ?? '';
    files.set(path, text.slice(0, start) + put + text.slice(end));
  }
  return { ...one, files };
}

/** What a difference is about. */
function sort({ found, outcome }: Verdict): string {
  if (found === null || outcome !== 'wrong') return 'none';
  if (found.request === null) return found.message.replace(/[\d'"`].*/s, '').slice(0, 40);
  const [before, after] = [found.before, found.after];
  if (before?.status !== after?.status) return `status ${before?.status} ${after?.status}`;
  const one = (lines: readonly string[] = [], other: readonly string[] = []) =>
    lines.filter((line) => !other.includes(line)).map((line) => line.slice(0, line.indexOf(':')));
  return `${one(before?.headers, after?.headers)} ${one(after?.headers, before?.headers)}`;
}

interface Piece {
  path: string;
  start: number;
  end: number;
  /** What stands in its place. */
  put: string;
}

/** What can be taken out of a program, the largest first. */
function pieces(one: CoverageCase): Piece[] {
  const found = [...one.files].flatMap(([path, text]) => (isSource(path) ? piecesOf(path, text) : []));
  return found
    .filter(({ start, end, put }) => put.length < end - start)
    .sort((a, b) => b.end - b.start - b.put.length - (a.end - a.start - a.put.length));
}

/** What no program does without. */
const NEEDED = /process\.env\.PORT|^const app = /;

function piecesOf(path: string, text: string): Piece[] {
  const found: Piece[] = [];
  const add = (start: number, end: number, put = '') => {
    if (!NEEDED.test(text.slice(start, end))) found.push({ path, start, end, put });
  };
  const each = (all: readonly { start: number; end: number }[]) => {
    for (const [index, { start, end }] of all.entries()) {
      const next = all[index + 1];
      if (next !== undefined) add(start, next.start);
      else add(all[index - 1]?.end ?? start, end);
    }
  };
  const instead = (whole: SyntaxNode, part: SyntaxNode | null) => {
    if (part !== null) add(whole.start, whole.end, text.slice(part.start, part.end));
  };
  walk(parseFile(path, text).program, {
    enter(node) {
      if (node.type === 'Program' || node.type === 'BlockStatement')
        for (const { start, end } of children(node, 'body')) add(start, end);
      if (isCall(node)) {
        each(argumentsOf(node));
        const callee = child(node, 'callee');
        if (isMember(callee)) instead(node, child(callee, 'object'));
      }
      if (node.type === 'ObjectExpression') each(children(node, 'properties'));
      if (node.type === 'ArrayExpression') each(children(node, 'elements'));
      for (const part of PARTS[node.type] ?? []) instead(node, child(node, part));
    },
  });
  return found;
}

/** Nodes that one of their parts can stand for. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  IfStatement: ['consequent', 'alternate'],
  ConditionalExpression: ['consequent', 'alternate'],
  TryStatement: ['block'],
  LogicalExpression: ['left', 'right'],
  BinaryExpression: ['left', 'right'],
};
