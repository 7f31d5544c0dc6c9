import type { Bindings } from '../bindings.ts';
import { isIdentifier } from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';
import type { FlowContext } from './context.ts';
import type { FileFlow } from './file.ts';
import { type ArrayValue, type Cell, holder, isHolder, newCell } from './values.ts';

/** Functions of the global object whose result is made of their arguments. */
const MODELLED = new Set([
  'Object.freeze',
  'Object.seal',
  'Object.assign',
  'Object.keys',
  'Object.values',
  'Object.entries',
  'Promise.resolve',
  'Array.of',
  'Array.from',
]);

/** `globalThis` or `global`. */
export const isGlobalObject = (node: SyntaxNode, bindings: Bindings): boolean =>
  (isIdentifier(node, 'globalThis') || isIdentifier(node, 'global')) && bindings.bindingOf(node) === null;

/** Generates the constraints of the language's own functions, and the lists that calls make. */
export function createGlobals(context: FlowContext, flow: FileFlow) {
  const { file } = flow;
  /** One list a call, however many values it is made from. */
  const lists = new Map<SyntaxNode, ArrayValue>();
  function listAt(node: SyntaxNode): ArrayValue {
    let list = lists.get(node);
    if (list === undefined) {
      list = { kind: 'array', file, node, ...holder() };
      lists.set(node, list);
    }
    return list;
  }

  /** Functions of the language whose results are known; false for all others. */
  function globalCall(
    path: readonly string[],
    node: SyntaxNode,
    args: readonly Cell[],
    result: Cell,
  ): boolean {
    const name = path.join('.');
    const first = args[0];
    if (first === undefined || !MODELLED.has(name) || (name === 'Array.from' && args.length > 1))
      return false;
    if (name === 'Object.freeze' || name === 'Object.seal' || name === 'Promise.resolve')
      context.flow(first, result);
    if (name === 'Object.assign') {
      context.flow(first, result);
      for (const source of args.slice(1)) {
        context.read(first, (target) => {
          if (isHolder(target)) context.flow(source, target.parents);
          if (target.kind === 'module') context.flow(source, target.assigned);
        });
      }
    }
    if (name === 'Array.of') {
      const list = listAt(node);
      for (const [index, item] of args.entries()) context.writeMember(list, String(index), item);
      context.add(result, list);
    }
    if (name === 'Array.from') {
      const items = newCell();
      context.read(first, (held) => context.readMember(held, '*', items));
      context.writeMember(listAt(node), '*', items);
      context.add(result, listAt(node));
    }
    if (name === 'Object.values' || name === 'Object.entries') {
      context.read(first, (held) => {
        const items = newCell();
        context.readMember(held, '*', items);
        const list = listAt(node);
        if (name === 'Object.values') context.writeMember(list, '*', items);
        else {
          const pair: ArrayValue = { kind: 'array', file, node, ...holder() };
          const keys = newCell();
          flow.keysOf(first, keys);
          context.writeMember(pair, '0', keys);
          context.writeMember(pair, '1', items);
          const pairs = newCell();
          context.add(pairs, pair);
          context.writeMember(list, '*', pairs);
        }
        context.add(result, list);
      });
    }
    if (name === 'Object.keys') {
      const keys = newCell();
      flow.keysOf(first, keys);
      const list = listAt(node);
      context.writeMember(list, '*', keys);
      context.add(result, list);
    }
    return true;
  }

  return { listAt, globalCall };
}
