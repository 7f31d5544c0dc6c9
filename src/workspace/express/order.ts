import type { Flow } from '../syntax/flow/flow.ts';
import { calleeOf, child, isCall, isMember, isTransparent, memberName } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction, firstAwait, parentsOf } from '../syntax/walk.ts';
import type { Place } from './program.ts';

/**
 * Whether a place is certainly done with when another one runs: in the innermost function that both run in, the other one
 * comes further down, and what is called for the first is awaited there where it waits for something itself.
 */
export const isBefore = (flow: Flow, early: Place, later: Place): boolean =>
  comesBefore(flow, { ...early, settles: false }, later, []);

/** `settles`: the place is done with only when the promise that the expression gives settles. */
interface Early extends Place {
  settles: boolean;
}

function comesBefore(flow: Flow, early: Early, later: Place, seen: readonly SyntaxNode[]): boolean {
  const { file } = early;
  const around = enclosingFunction(file, early.node);
  const scope = around ?? file.program;
  if (seen.includes(scope)) return false;
  const whole = lastOfChain(file, early.node);
  const up = parentsOf(file).get(whole);
  const awaited = up?.type === 'AwaitExpression' ? up : null;
  const settles = early.settles && awaited === null;
  const node = early.settles ? (awaited ?? whole) : early.node;
  const there = placesIn(flow, later, scope, []);
  if (there.length > 0)
    return there.every((each) => (!settles && each.start >= node.end) || isLinkOf(file, early.node, each));
  if (around === null || (settles && !isGivenBack(around, whole, up))) return false;
  const waits = settles || (around.async === true && firstAwait(around) <= node.end);
  const outer = [...seen, scope];
  const calls = flow.functionOf(around)?.calls ?? [];
  if (calls.length > 0)
    return calls.every((call) =>
      comesBefore(flow, { file: call.file, node: call.node, settles: waits }, later, outer),
    );
  const handed = parentsOf(file).get(around);
  return (
    isCall(handed) && isLink(handed) && comesBefore(flow, { file, node: handed, settles: true }, later, outer)
  );
}

/** The places of a function or module through which another place runs: itself, a call or a callback that it stands in. */
function placesIn(
  flow: Flow,
  { file, node }: Place,
  scope: SyntaxNode,
  seen: readonly SyntaxNode[],
): SyntaxNode[] {
  const around = enclosingFunction(file, node);
  if ((around ?? file.program) === scope) return [node];
  if (around === null || seen.includes(around)) return [];
  const calls = flow.functionOf(around)?.calls ?? [];
  const up = parentsOf(file).get(around);
  const places = calls.length > 0 || up === undefined ? calls : [{ file, node: up }];
  return places.flatMap((each) => placesIn(flow, each, scope, [...seen, around]));
}

/** `….then(…)`, `….catch(…)`, `….finally(…)`. */
const isLink = (call: SyntaxNode): boolean => {
  const callee = calleeOf(call);
  return isMember(callee) && /^(then|catch|finally)$/.test(memberName(callee) ?? '');
};

/** The links of a promise chain that begins with an expression, in their order; types around it left out. */
function linksFrom(file: ParsedFile, node: SyntaxNode): SyntaxNode[] {
  const parents = parentsOf(file);
  const links: SyntaxNode[] = [];
  for (let at = node, up = parents.get(at); up !== undefined; at = up, up = parents.get(up)) {
    if (isCall(up) && calleeOf(up) === at && isLink(up)) links.push(up);
    else if (!isTransparent(up) && !(isMember(up) && child(up, 'object') === at)) break;
  }
  return links;
}

const lastOfChain = (file: ParsedFile, node: SyntaxNode): SyntaxNode => linksFrom(file, node).at(-1) ?? node;

const isLinkOf = (file: ParsedFile, node: SyntaxNode, each: SyntaxNode): boolean =>
  linksFrom(file, node).includes(each);

/** Whether a function gives back an expression: in `return`, or as all that an arrow does. */
const isGivenBack = (fn: SyntaxNode, node: SyntaxNode, up: SyntaxNode | undefined): boolean =>
  up?.type === 'ReturnStatement' || (up === fn && child(fn, 'body') === node);
