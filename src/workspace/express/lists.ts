import type { Flow } from '../syntax/flow/flow.ts';
import type { ArrayValue, FunctionValue, Value } from '../syntax/flow/values.ts';
import { child, children } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import { parentsOf } from '../syntax/walk.ts';
import { positionOf } from './positions.ts';
import type { Place } from './program.ts';
import { isRegistration, routerMember } from './surface.ts';

interface Index {
  /** Expressions that may hold a list. */
  uses: ReadonlyMap<ArrayValue, readonly Place[]>;
  /** Calls that register handlers, and calls that only reach functions of the program. */
  known: ReadonlySet<SyntaxNode>;
}

const indexes = new WeakMap<Flow, Index>();

function indexOf(flow: Flow): Index {
  let index = indexes.get(flow);
  if (index !== undefined) return index;
  const uses = new Map<ArrayValue, Place[]>();
  for (const file of flow.files.values()) {
    flow.eachHolding(file, (node, { values }) => {
      for (const value of values) {
        if (value.kind !== 'array') continue;
        const list = uses.get(value);
        if (list === undefined) uses.set(value, [{ file, node }]);
        else list.push({ file, node });
      }
    });
  }
  const known = new Set<SyntaxNode>();
  for (const { node, callee } of flow.calls) {
    const values = [...callee.values];
    const isKnown = (value: (typeof values)[number]) => {
      const found = routerMember(value);
      return value.kind === 'function' || (found !== null && isRegistration(found, node));
    };
    if (values.length > 0 && values.every(isKnown)) known.add(node);
  }
  index = { uses, known };
  indexes.set(flow, index);
  return index;
}

/** Where what a call of a package gives is used as anything but a handler that is registered; null when it nowhere is. */
export function otherUseOfMade(flow: Flow, made: SyntaxNode): Place | null {
  const { known } = indexOf(flow);
  for (const file of flow.files.values()) {
    const others: Place[] = [];
    flow.eachHolding(file, (node, { values }) => {
      const isMade = [...values].some(
        (value) => value.kind === 'external' && value.calls.at(-1)?.node === made,
      );
      if (isMade && !isOfRegistration(file, node, known)) others.push({ file, node });
    });
    if (others[0] !== undefined) return others[0];
  }
  return null;
}

/** Whether an expression hands its value on to what is followed, or to a call that registers it. */
function isOfRegistration(file: Place['file'], node: SyntaxNode, known: ReadonlySet<SyntaxNode>): boolean {
  const position = positionOf(file, node);
  return position.kind === 'argument' ? known.has(position.call) : /^(followed|read)$/.test(position.kind);
}

/** Where a list of handlers is used as anything but a list of handlers; null when it nowhere is. */
export function otherUseOf(flow: Flow, list: ArrayValue): Place | null {
  const { uses, known } = indexOf(flow);
  return (
    (uses.get(list) ?? []).find(({ file, node }) => {
      const position = positionOf(file, node);
      if (position.kind === 'argument') return !known.has(position.call);
      if (position.kind !== 'lost') return position.kind === 'member' || position.kind === 'called';
      const parents = parentsOf(file);
      const spread = parents.get(node);
      const holder = spread?.type === 'SpreadElement' ? parents.get(spread) : undefined;
      return holder === undefined || !(holder.type === 'ArrayExpression' || known.has(holder));
    }) ?? null
  );
}

/** The elements of a list where it is written. */
export const writtenIn = ({ file, node }: ArrayValue): Place[] =>
  node.type === 'ArrayExpression' ? children(node, 'elements').map((each) => ({ file, node: each })) : [];

/** Why a list of handlers is not known, by what is put into it beside what its literal says; null where it is. */
export function whyUnread(added: readonly Value[]): string | null {
  if (added.some(({ kind }) => /^(external|unknown)$/.test(kind)))
    return 'it is a list that more is added to';
  return added.some(({ kind }) => kind === 'array') ? 'it is a list that lists are added to' : null;
}

/** Functions among some values, and in the lists among them. */
export function functionsWithin(values: readonly Value[]): FunctionValue[] {
  const all = new Set(values);
  for (const value of all)
    if (value.kind === 'array')
      for (const cell of value.members.values()) for (const inner of cell.values) all.add(inner);
  return [...all].filter((value) => value.kind === 'function');
}

/** What is spread into a list where it is written, from lists that are followed whole. */
export function spreadIn(flow: Flow, element: SyntaxNode): Value[] {
  const argument = element.type === 'SpreadElement' ? child(element, 'argument') : null;
  const lists = argument === null ? [] : flow.valuesOf(argument);
  return lists.flatMap((list) =>
    list.kind === 'array' && list.members.get('?') === undefined
      ? [...list.members.values()].flatMap(({ values }) => [...values])
      : [],
  );
}
