import { child, children } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Unit } from '../../state/conversion.ts';

/** A helper that answers on some of its paths, and says by `true` and `false` whether it has. */
export interface Verdict {
  /** What it returns where it has answered; a bare `return` counts as `false`. */
  answered: boolean;
  /** The returns of the paths that have not answered. */
  others: readonly SyntaxNode[];
}

const known = new WeakMap<Unit, Verdict | null>();

/** `if (missing) { res.status(400).json(…); return false; } return true;`; null for any other function. */
export function verdictOf(unit: Unit): Verdict | null {
  const found = known.get(unit);
  if (found !== undefined) return found;
  const verdict = readVerdict(unit);
  known.set(unit, verdict);
  return verdict;
}

function readVerdict({ fn, work, answering }: Unit): Verdict | null {
  const isOwn = (node: SyntaxNode) => enclosingFunction(work.file, node) === fn.node;
  const body = child(fn.node, 'body');
  if (fn.kind !== 'helper' || work.file.typescript || body?.type !== 'BlockStatement') return null;
  if (fn.node.generator === true || !fn.uses.every(({ kind }) => kind === 'called')) return null;
  const listOf = (node: SyntaxNode) => {
    const up = work.parents.get(node);
    return up === undefined ? [] : children(up, up.type === 'SwitchCase' ? 'consequent' : 'body');
  };
  const answers = findAll(body, 'ExpressionStatement').filter((each) => answering.has(each));
  const left = new Set<SyntaxNode>();
  for (const each of answers) {
    const list = listOf(each);
    const following = list[list.indexOf(each) + 1];
    if (!isOwn(each) || following?.type !== 'ReturnStatement') return null;
    left.add(following);
  }
  const returns = findAll(body, 'ReturnStatement').filter(isOwn);
  const said = (node: SyntaxNode): boolean | null => {
    const value = child(node, 'argument');
    if (value === null) return false;
    return typeof value.value === 'boolean' ? value.value : null;
  };
  const [first] = left;
  const answered = first === undefined ? null : said(first);
  if (answered === null) return null;
  const others = returns.filter((each) => !left.has(each));
  const isPlain =
    [...left].every((each) => said(each) === answered) && others.every((each) => said(each) === !answered);
  // What ends without a `return` says `false`.
  const isWhole = answered || children(body, 'body').at(-1)?.type === 'ReturnStatement';
  return isPlain && isWhole ? { answered, others } : null;
}
