import type { Value } from '../../../src/workspace/syntax/flow/values.ts';
import { calleeOf, child, isCall, isMember, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, parentsOf } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion } from '../state/conversion.ts';

interface Place {
  file: ParsedFile;
  node: SyntaxNode;
}

/** Where each function of a program may stand, and what else may hold it: objects, lists, instances. */
export interface Uses {
  functions: ReadonlyMap<SyntaxNode, readonly Place[]>;
  /** Places that hand a holder to code that is not known, by the functions that it may hold. */
  handed: ReadonlyMap<SyntaxNode, Place>;
}

const HOLDS = /^(?:object|array|instance|class)$/;

/** Reads where functions go, once for each attempt. */
export function usesOf({ flow }: Conversion): Uses {
  const functions = new Map<SyntaxNode, Place[]>();
  const handed = new Map<SyntaxNode, Place>();
  for (const file of flow.files.values()) {
    const parents = parentsOf(file);
    for (const [node] of flow.expressionsIn(file)) {
      const values = flow.valuesOf(node);
      for (const value of values) {
        if (value.kind === 'function')
          functions.set(value.node, [...(functions.get(value.node) ?? []), { file, node }]);
        else if (HOLDS.test(value.kind) && leaves(flow.valuesOf, parents, node))
          for (const fn of heldBy(value)) handed.set(fn, { file, node });
      }
    }
  }
  return { functions, handed };
}

/** Functions among the members of a value. */
function* heldBy(value: Value): Generator<SyntaxNode> {
  if (!('members' in value)) return;
  for (const { values } of value.members.values())
    for (const each of values) if (each.kind === 'function') yield each.node;
}

/** Whether a value is handed to a call of which nothing, or not all, is a function of the program. */
function leaves(
  valuesOf: Conversion['flow']['valuesOf'],
  parents: ReadonlyMap<SyntaxNode, SyntaxNode>,
  node: SyntaxNode,
): boolean {
  const { at, parent } = outer(parents, node);
  if (parent === undefined || !/^(?:Call|New)Expression$/.test(parent.type)) return false;
  const callee = calleeOf(parent);
  if (callee === at || callee === null) return false;
  return !isOfProgram(valuesOf(unwrap(callee)));
}

const isOfProgram = (values: readonly Value[]): boolean =>
  values.length > 0 && values.every(({ kind }) => kind === 'function' || kind === 'class');

function outer(
  parents: ReadonlyMap<SyntaxNode, SyntaxNode>,
  node: SyntaxNode,
): { at: SyntaxNode; parent: SyntaxNode | undefined } {
  let at = node;
  let parent = parents.get(at);
  while (parent !== undefined && unwrap(parent) !== parent) {
    at = parent;
    parent = parents.get(at);
  }
  return { at, parent };
}

/**
 * Why a function cannot be Hono's: a place that is no registration of it hands or calls it.
 *
 * @param places arguments of registrations that are wrapped
 */
export function strayUse(
  { flow, functions, kept }: Conversion,
  uses: Uses,
  fn: SyntaxNode,
  places: ReadonlySet<SyntaxNode>,
): string | null {
  const away = uses.handed.get(fn);
  if (away !== undefined) return `what holds it is handed to code that is not known (${at(away)})`;
  for (const place of uses.functions.get(fn) ?? []) {
    if (places.has(place.node)) continue;
    const parents = parentsOf(place.file);
    const { at: node, parent } = outer(parents, place.node);
    if (places.has(node) || parent === undefined) continue;
    if (isMember(parent) && child(parent, 'object') === node) return `a member of it is used (${at(place)})`;
    if (!isCall(parent) && parent.type !== 'NewExpression') continue;
    const callee = calleeOf(parent);
    if (callee === node) {
      const by = enclosingFunction(place.file, parent);
      const isHelper = by !== null && functions.has(by) && !kept.has(by);
      if (!isHelper) return `it is called outside a handler (${at(place)})`;
    } else if (callee === null || !isOfProgram(flow.valuesOf(unwrap(callee))))
      return `it is handed to something that stays (${at(place)})`;
  }
  return null;
}

const at = ({ file, node }: Place): string => {
  const { line, column } = file.locate(node.start);
  return `${file.path}:${line}:${column}`;
};
