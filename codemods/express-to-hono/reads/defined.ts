import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Cell, ModuleValue, Value } from '../../../src/workspace/syntax/flow/values.ts';
import { isHolder } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isModuleExports,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';

/** Puts into the flow what compilers write for `export`: members that are defined by getters, and copies of them. */
export function readDefined(flow: Flow): void {
  for (const { callee, arguments: args, node } of flow.calls) {
    const [target, name, made] = args;
    const isDefine = [...callee.values].some(
      (each) => each.kind === 'external' && each.path.join('.') === 'Object.defineProperty',
    );
    // In a loop over names each would get what all have: what is left out is found missing where it is called.
    if (isDefine && target !== undefined && name?.values.size === 1 && made !== undefined) {
      for (const key of name.values)
        if (key.kind === 'text') for (const each of made.values) define(flow, target, key.text, each);
    }
    const fn = calleeFunction(callee);
    if (fn !== null && target !== undefined && name !== undefined && definesAll(fn))
      defineAll(flow, target, name, node);
  }
}

/** `__export(target, { name: () => value })` of esbuild. */
function defineAll(flow: Flow, target: Cell, getters: Cell, call: SyntaxNode): void {
  if (argumentsOf(call)[1]?.type !== 'ObjectExpression') return;
  for (const held of getters.values) {
    if (held.kind !== 'object') continue;
    for (const [name, cell] of held.members)
      for (const getter of cell.values)
        if (getter.kind === 'function') give(flow, target, name, getter.returns);
  }
}

function define(flow: Flow, target: Cell, name: string, descriptor: Value): void {
  if (descriptor.kind !== 'object') return;
  for (const getter of flow.memberOf(descriptor, 'get').values)
    if (getter.kind === 'function') give(flow, target, name, getter.returns);
  give(flow, target, name, flow.memberOf(descriptor, 'value'));
}

function give(flow: Flow, target: Cell, name: string, from: Cell): void {
  for (const held of target.values)
    if (isHolder(held)) for (const value of from.values) flow.setMember(held, name, value);
}

const calleeFunction = (callee: Cell): SyntaxNode | null => {
  const [only, ...more] = callee.values;
  return only?.kind === 'function' && more.length === 0 ? only.node : null;
};

/** Whether a function defines on its first argument whatever its second has, by getters. */
function definesAll(fn: SyntaxNode): boolean {
  const [loop] = isFunction(fn) ? findAll(fn, 'ForInStatement') : [];
  if (loop === undefined || (fn.params as unknown[]).length !== 2) return false;
  return findAll(loop, 'Property').some(
    (each) => (child(each, 'key') as { name?: string } | null)?.name === 'get',
  );
}

/** What is copied to be given out: `module.exports = __toCommonJS(index_exports)`. */
export function copiedExports(flow: Flow, { path }: ModuleValue): Value[] {
  const file = flow.files.get(path);
  if (file === undefined) return [];
  return findAll(file.program, 'AssignmentExpression').flatMap((each) => {
    const right = child(each, 'right');
    if (!isModuleExports(child(each, 'left')) || right?.type !== 'CallExpression') return [];
    if (calleeOf(right)?.type !== 'Identifier') return [];
    return argumentsOf(right)
      .flatMap((given) => [...flow.valuesOf(given)])
      .filter(({ kind }) => kind === 'object');
  });
}
