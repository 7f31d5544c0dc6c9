import type { Flow } from '../syntax/flow/flow.ts';
import type { ArrayValue, Value } from '../syntax/flow/values.ts';
import { child } from '../syntax/nodes.ts';
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
