import type expressToHono from '../../codemods/express-to-hono/index.ts';
import { child, children } from '../../src/workspace/syntax/nodes.ts';
import { parseFile } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';
import { isSource } from '../../src/workspace/text.ts';
import type { CoverageCase } from '../express-coverage/cases.ts';
import { judge, type Place, type Verdict } from './judge.ts';

/** Candidates that are tried in one pair of processes. */
const BATCH = 24;

/**
 * The smallest program found that is still wrong in the same way: pieces of its text (statements, arguments, properties, branches) and
 * requests are taken out, the largest first, as long as what remains starts and differs.
 */
export async function shrink(
  wrong: Verdict,
  places: readonly Place[],
  codemod?: typeof expressToHono,
): Promise<Verdict> {
  const here = places.filter(({ label }) => label === wrong.found?.on).map((place) => ({ ...place, takes: () => true }));
  let best = wrong;
  const request = wrong.found?.request;
  if (request) best = (await firstWrong([{ ...wrong.one, requests: [request] }], best, here, codemod)) ?? best;
  for (;;) {
    const all = candidates(best.one);
    let smaller: Verdict | null = null;
    for (let start = 0; start < all.length && smaller === null; start += BATCH)
      smaller = await firstWrong(all.slice(start, start + BATCH), best, here, codemod);
    if (smaller === null) return best;
    best = smaller;
  }
}

async function firstWrong(
  some: readonly CoverageCase[],
  like: Verdict,
  places: readonly Place[],
  codemod?: typeof expressToHono,
): Promise<Verdict | null> {
  const named = some.map((one, index) => ({ ...one, id: `s${index}` }));
  const verdicts = await judge(named, places, codemod);
  return verdicts.find((verdict) => sort(verdict) === sort(like)) ?? null;
}

/** What a difference is about. */
function sort({ found, outcome }: Verdict): string {
  if (found === null || outcome !== 'wrong') return 'none';
  if (found.request === null) return found.message.replace(/[\d'"`].*/s, '').slice(0, 40);
  return /: (status|headers|body) /.exec(found.message)?.[1] ?? 'answer';
}

/** A program without one of its pieces, the largest piece first. */
function candidates(one: CoverageCase): CoverageCase[] {
  const found: { size: number; one: CoverageCase }[] = [];
  for (const [path, text] of one.files) {
    if (!isSource(path)) continue;
    for (const { start, end, put } of pieces(path, text)) {
      const rest = text.slice(0, start) + put + text.slice(end);
      found.push({ size: end - start - put.length, one: { ...one, files: new Map(one.files).set(path, rest) } });
    }
    if (path !== one.entry) {
      const files = new Map(one.files);
      files.delete(path);
      found.push({ size: text.length, one: { ...one, files } });
    }
  }
  return found.sort((a, b) => b.size - a.size).map((each) => each.one);
}

interface Piece {
  start: number;
  end: number;
  /** What stands in its place. */
  put: string;
}

function pieces(path: string, text: string): Piece[] {
  const found: Piece[] = [];
  const out = (all: readonly { start: number; end: number }[]) => {
    for (const [index, { start, end }] of all.entries()) {
      const next = all[index + 1];
      const before = all[index - 1];
      if (next !== undefined) found.push({ start, end: next.start, put: '' });
      else found.push({ start: before?.end ?? start, end, put: '' });
    }
  };
  const instead = (whole: { start: number; end: number }, part: { start: number; end: number } | null) => {
    if (part !== null) found.push({ start: whole.start, end: whole.end, put: text.slice(part.start, part.end) });
  };
  walk(parseFile(path, text).program, {
    enter(node) {
      if (node.type === 'Program' || node.type === 'BlockStatement') {
        for (const { start, end } of children(node, 'body')) found.push({ start, end, put: '' });
      }
      if (node.type === 'CallExpression' || node.type === 'NewExpression') out(children(node, 'arguments'));
      if (node.type === 'ObjectExpression') out(children(node, 'properties'));
      if (node.type === 'ArrayExpression') out(children(node, 'elements'));
      if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
        instead(node, child(node, 'consequent'));
        instead(node, child(node, 'alternate'));
      }
      if (node.type === 'TryStatement') instead(node, child(node, 'block'));
      if (node.type === 'LogicalExpression' || node.type === 'BinaryExpression') {
        instead(node, child(node, 'left'));
        instead(node, child(node, 'right'));
      }
      if (node.type === 'CallExpression') {
        const callee = child(node, 'callee');
        if (callee?.type === 'MemberExpression') instead(node, child(callee, 'object'));
      }
      if (node.type === 'ArrowFunctionExpression' || node.type.startsWith('Function')) out(children(node, 'params'));
    },
  });
  return found.filter(({ start, end, put }) => put.length < end - start);
}
