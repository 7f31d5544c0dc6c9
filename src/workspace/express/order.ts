import type { Flow } from '../syntax/flow/flow.ts';
import { calleeOf, child, isCall, isMember, isTransparent, memberName } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction, firstAwait, parentsOf } from '../syntax/walk.ts';
import { loadersOf } from './loading.ts';
import type { Later, Place } from './program.ts';

/**
 * Whether a place is certainly done with when another one runs: in the innermost function that both run in, the other one
 * comes further down, and what is called for the first is awaited there where it waits for something itself.
 *
 * @param made where what the later place is about is made: what makes another one there is no place for it
 */
export const isBefore = (flow: Flow, early: Place, later: Place, made: Place | null = null): boolean =>
  comesBefore(flow, { ...early, settles: false }, { ...later, made }, []);

/**
 * What tells that a place runs after another one; null where it is before it, or the order is not known.
 *
 * @param isOwn of the calls of a function, those that count, where there is any
 * @param made where what the later place is about is made, once or several times
 */
export function laterThan(
  flow: Flow,
  early: Place,
  later: Place,
  { isOwn, made }: { isOwn: (call: Place) => boolean; made: Place },
): Later | null {
  const around = enclosingFunction(early.file, early.node);
  const scope = around ?? early.file.program;
  if (early.file === later.file && around === enclosingFunction(later.file, later.node))
    return later.node.start >= early.node.end ? { places: [later.node], isAtOnce: true } : null;
  const starts = startsOf(flow, later, isOwn);
  if (starts.length === 0 || !starts.every((each) => isBefore(flow, early, each, made))) return null;
  return {
    places: starts.flatMap((each) => placesOf(flow, { ...each, made }, scope)),
    isAtOnce: isAtOnce(flow, later, scope, isOwn, new Set()),
  };
}

/** A place itself, or the calls of its function that count. */
function startsOf(flow: Flow, place: Place, isOwn: (call: Place) => boolean): readonly Place[] {
  const around = enclosingFunction(place.file, place.node);
  const own = around === null ? [] : (flow.functionOf(around)?.calls ?? []).filter(isOwn);
  return own.length > 0 ? own : [place];
}

/** Whether nothing is waited for between what a function or module does there and a place that it leads to. */
function isAtOnce(
  flow: Flow,
  { file, node }: Place,
  scope: SyntaxNode,
  isOwn: (call: Place) => boolean,
  seen: Set<SyntaxNode>,
): boolean {
  const around = enclosingFunction(file, node);
  if ((around ?? file.program) === scope || seen.has(around ?? file.program)) return true;
  seen.add(around ?? file.program);
  if (around !== null && firstAwait(around) < node.start) return false;
  const places = around === null ? loadersOf(flow, file) : (flow.functionOf(around)?.calls ?? []);
  const own = places.filter(isOwn);
  return (
    places.length > 0 &&
    (own.length > 0 ? own : places).every((each) => isAtOnce(flow, each, scope, isOwn, seen))
  );
}

/** `made`: where what the place is about is made. */
interface Made extends Place {
  made: Place | null;
}

/** `settles`: the place is done with only when the promise that the expression gives settles. */
interface Early extends Place {
  settles: boolean;
}

function comesBefore(flow: Flow, early: Early, later: Made, seen: readonly SyntaxNode[]): boolean {
  const { file } = early;
  const around = enclosingFunction(file, early.node);
  const scope = around ?? file.program;
  if (seen.includes(scope)) return false;
  const whole = lastOfChain(file, early.node);
  const up = parentsOf(file).get(whole);
  const awaited = up?.type === 'AwaitExpression' ? up : null;
  const settles = early.settles && awaited === null;
  const node = early.settles ? (awaited ?? whole) : early.node;
  const there = placesOf(flow, later, scope);
  if (there.length > 0)
    return there.every((each) => (!settles && each.start >= node.end) || isLinkOf(file, early.node, each));
  const outer = [...seen, scope];
  if (around === null) {
    const loaders = settles ? [] : loadersOf(flow, file);
    return (
      loaders.length > 0 &&
      loaders.every((each) => comesBefore(flow, { ...each, settles: false }, later, outer))
    );
  }
  if (settles && !isGivenBack(around, whole, up)) return false;
  const waits = settles || (around.async === true && firstAwait(around) <= node.end);
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

/** The places through which one runs, without those that make another of what it is about. */
function placesOf(flow: Flow, { made, ...later }: Made, scope: SyntaxNode): SyntaxNode[] {
  // A module makes it once, whoever loads that.
  const isOnce = made === null || enclosingFunction(made.file, made.node) === null;
  const making = isOnce ? [] : placesIn(flow, made, scope, new Set());
  return placesIn(flow, later, scope, new Set()).filter((each) => !making.includes(each));
}

/**
 * The places of a function or module through which another place runs: itself, a call or a callback that it stands in, what
 * loads its module.
 */
function placesIn(flow: Flow, { file, node }: Place, scope: SyntaxNode, seen: Set<SyntaxNode>): SyntaxNode[] {
  const around = enclosingFunction(file, node);
  if ((around ?? file.program) === scope) return [node];
  if (seen.has(around ?? file.program)) return [];
  seen.add(around ?? file.program);
  const calls = around === null ? loadersOf(flow, file) : (flow.functionOf(around)?.calls ?? []);
  const up = around === null ? undefined : parentsOf(file).get(around);
  const places = calls.length > 0 || up === undefined ? calls : [{ file, node: up }];
  return places.flatMap((each) => placesIn(flow, each, scope, seen));
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
