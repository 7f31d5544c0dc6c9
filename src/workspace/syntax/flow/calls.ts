import { child, children, isIdentifier, literalText, memberName, unwrap } from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';
import type { FlowContext } from './context.ts';
import { dynamicTargets } from './dynamic.ts';
import type { FileFlow } from './file.ts';
import { createGlobals } from './globals.ts';
import { type Cell, type FunctionValue, isHolder, newCell, UNKNOWN, type Value } from './values.ts';

/** Methods of arrays that call back with an element first. */
const ITERATIONS = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap', 'findLast']);
/** Methods of arrays that give the same elements back. */
const SAME_ELEMENTS = new Set([
  'filter',
  'slice',
  'concat',
  'reverse',
  'sort',
  'flat',
  'toSorted',
  'toReversed',
  'splice',
]);

/** Generates the constraints of calls and `new`. */
export function createCalls(context: FlowContext, flow: FileFlow) {
  const { file, bindings } = flow;
  const { listAt, globalCall } = createGlobals(context, flow);

  function call(node: SyntaxNode): Cell {
    const callee = child(node, 'callee');
    const result = newCell();
    if (callee === null) return result;
    const target = unwrap(callee);
    const specifier = literalText(children(node, 'arguments')[0]);
    if (isIdentifier(target, 'require') && bindings.bindingOf(target) === null && specifier !== null) {
      return flow.required(specifier, false);
    }
    const [loaded] = children(node, 'arguments');
    if (isIdentifier(target, 'require') && bindings.bindingOf(target) === null && loaded !== undefined) {
      loadDynamic(loaded, result);
    }
    const args: Cell[] = [];
    /** From here on an argument's position is not known. */
    let spreadFrom: number | null = null;
    for (const [index, argument] of children(node, 'arguments').entries()) {
      if (argument.type !== 'SpreadElement') {
        args.push(flow.expression(argument));
        continue;
      }
      spreadFrom ??= index;
      const inner = child(argument, 'argument');
      const items = newCell();
      if (inner !== null)
        context.read(flow.expression(inner), (held) => context.readMember(held, '*', items));
      args.push(items);
      context.place(file, argument, items);
    }

    if (target.type === 'Super') {
      const base = flow.superClass();
      if (base !== null) context.read(base, (held) => construct(held, node, args, spreadFrom, result));
      return result;
    }
    const isNew = node.type === 'NewExpression';
    const method = target.type === 'MemberExpression' ? memberName(target) : null;
    const receiver = target.type === 'MemberExpression' ? child(target, 'object') : null;
    if (method !== null && receiver !== null && !isNew && receiver.type !== 'Super') {
      context.read(flow.expression(receiver), (held) => methodCall(held, method, node, args, result));
    }
    const calleeCell = flow.expression(target);
    context.calls.push({ file, node, callee: calleeCell, arguments: args });
    context.read(calleeCell, (held) => {
      if (isNew) construct(held, node, args, spreadFrom, result);
      else apply(held, node, args, spreadFrom, result, receiver);
    });
    return result;
  }

  /** What `require(expression)` may give: every module of the folder, and always something unknown as well. */
  function loadDynamic(specifier: SyntaxNode, into: Cell): void {
    context.add(into, UNKNOWN);
    for (const path of dynamicTargets(context.modules, file, bindings, specifier)) {
      const module = context.moduleOf(path);
      context.flow(module.assigned, into);
      context.add(into, module);
    }
  }

  function pass(fn: FunctionValue, args: readonly Cell[], spreadFrom: number | null): void {
    const last = fn.parameters.length - 1;
    const hasRest = children(fn.node, 'params').at(-1)?.type === 'RestElement';
    for (const [index, argument] of args.entries()) {
      if (spreadFrom !== null && index >= spreadFrom) {
        for (const parameter of fn.parameters.slice(spreadFrom)) context.flow(argument, parameter);
        continue;
      }
      const parameter = fn.parameters[hasRest ? Math.min(index, last) : index];
      if (parameter !== undefined) context.flow(argument, parameter);
    }
  }

  function apply(
    held: Value,
    node: SyntaxNode,
    args: readonly Cell[],
    spreadFrom: number | null,
    result: Cell,
    receiver: SyntaxNode | null,
  ): void {
    const [passed, ...more] = args;
    if (passed !== undefined && more.length === 0 && spreadFrom === null && context.passesOn(held)) {
      context.passing.set(node, file);
      context.flow(passed, result);
      return;
    }
    if (held.kind === 'function') {
      if (isConstructorOnly(held)) return;
      held.calls.push({ file, node, how: 'call' });
      pass(held, args, spreadFrom);
      if (held.node.generator !== true) context.returnTo(held, file, node, result);
      if (receiver !== null && held.node.type === 'FunctionExpression' && receiver.type !== 'Super') {
        context.read(flow.expression(receiver), (owner) => {
          if (owner.kind === 'object' || owner.kind === 'instance') context.add(held.self, owner);
        });
      }
    } else if (held.kind === 'external' || held.kind === 'marker') {
      const isModelled =
        held.kind === 'external' && held.origin === 'global' && globalCall(held.path, node, args, result);
      const made = held.kind === 'external' && !isModelled ? context.externalCall(held, file, node) : null;
      const given = held.kind === 'marker' ? held.members.get('()') : undefined;
      if (made !== null) context.add(result, made);
      else if (given !== undefined) context.flow(given, result);
      else if (!isModelled) context.add(result, UNKNOWN);
      context.reportExternal({ callee: held, file, node, arguments: args });
    } else if (held.kind === 'unknown') {
      context.add(result, UNKNOWN);
      context.reportExternal({ callee: held, file, node, arguments: args });
    }
  }

  const isConstructorOnly = (fn: FunctionValue) => fn.node.type === 'ClassDeclaration';

  function construct(
    held: Value,
    node: SyntaxNode,
    args: readonly Cell[],
    spreadFrom: number | null,
    result: Cell,
  ): void {
    if (held.kind === 'class') {
      context.add(result, held.instance);
      const own = held.constructorFunction;
      if (own !== null) {
        own.calls.push({ file, node, how: 'new' });
        pass(own, args, spreadFrom);
      } else context.read(held.parents, (base) => construct(base, node, args, spreadFrom, newCell()));
    } else if (held.kind === 'function') {
      const instance = context.instances.get(held.node);
      if (instance !== undefined) {
        context.add(result, instance);
        context.add(held.self, instance);
      }
      held.calls.push({ file, node, how: 'new' });
      pass(held, args, spreadFrom);
      context.returnTo(held, file, node, result);
    } else if (held.kind === 'external') {
      const made = context.externalCall(held, file, node);
      context.add(result, made ?? UNKNOWN);
      context.reportExternal({ callee: held, file, node, arguments: args });
    } else if (held.kind === 'unknown') {
      context.add(result, UNKNOWN);
      context.reportExternal({ callee: held, file, node, arguments: args });
    }
  }

  /** Methods that functions, arrays and strings have of their own. */
  function methodCall(
    held: Value,
    method: string,
    node: SyntaxNode,
    args: readonly Cell[],
    result: Cell,
  ): void {
    if (held.kind === 'function') {
      if (method === 'bind') context.add(result, args.length <= 1 ? held : UNKNOWN);
      if (method === 'call') {
        held.calls.push({ file, node, how: 'call-method' });
        pass(held, args.slice(1), null);
        context.returnTo(held, file, node, result);
      }
      if (method === 'apply') {
        held.calls.push({ file, node, how: 'call-method' });
        for (const parameter of held.parameters) context.add(parameter, UNKNOWN);
        const list = args[1];
        if (list !== undefined) {
          for (const [index, parameter] of held.parameters.entries()) {
            context.read(list, (array) => {
              const positional =
                isHolder(array) && array.kind === 'array' && array.members.has(String(index));
              context.readMember(array, positional ? String(index) : '*', parameter);
            });
          }
        }
        context.returnTo(held, file, node, result);
      }
      return;
    }
    if (held.kind !== 'array') return;
    const callback = args[0];
    if (ITERATIONS.has(method) && callback !== undefined) {
      context.read(callback, (fn) => {
        if (fn.kind !== 'function') return;
        fn.calls.push({ file, node, how: 'callback' });
        const first = fn.parameters[0];
        if (first !== undefined) context.readMember(held, '*', first);
        if (method === 'map' || method === 'flatMap') {
          const made = listAt(node);
          context.writeMember(made, '*', fn.returns);
          context.add(result, made);
        }
      });
    }
    if (SAME_ELEMENTS.has(method)) context.add(result, held);
    if (method === 'concat' || method === 'push' || method === 'unshift') {
      for (const argument of args) {
        if (method === 'concat') {
          const items = newCell();
          // What is no list is an element itself.
          context.read(argument, (value) =>
            value.kind === 'object' || value.kind === 'function' || value.kind === 'external'
              ? context.add(items, value)
              : context.readMember(value, '*', items),
          );
          context.writeMember(held, '*', items);
        } else context.writeMember(held, '*', argument);
      }
    }
    if (
      method === 'find' ||
      method === 'pop' ||
      method === 'shift' ||
      method === 'at' ||
      method === 'findLast'
    ) {
      context.readMember(held, '*', result);
    }
  }

  return { call, loadDynamic };
}
