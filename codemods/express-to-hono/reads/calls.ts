import type { Call, Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Cell, FunctionValue } from '../../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, calleeOf, child, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll, parentsOf } from '../../../src/workspace/syntax/walk.ts';
import type { Followed } from './contract.ts';
import { type Given, givenOutside } from './given.ts';
import { followedBy, followedIn, heldBy } from './markers.ts';
import { spoken } from './sites.ts';

/** Methods that give back the response they are called on. Source: the API reference of Express 4 and 5. */
const FLUENT =
  /^(status|set|header|type|contentType|append|attachment|cookie|clearCookie|links|location|vary|format|setHeader|on|once|addListener|prependListener|off|removeListener)$/;
const CALLS = /^(call|apply|bind)$/;

/** What a call of the package does with followed values; what it makes of them is put into the flow. */
export function callOf(flow: Flow, call: Call): Given {
  const given: Given = { uses: [], escapes: [], asksOptions: false, isLost: false };
  const { file, node } = call;
  const callee = calleeOf(node);
  const object = isMember(callee) ? child(callee, 'object') : null;
  const on = object === null ? [] : followedIn(flow.cellOf(object));
  const method = memberName(callee);
  const isBound = object !== null && method !== null && CALLS.test(method);
  const values = [...(isBound && on.length === 0 ? (flow.cellOf(object)?.values ?? []) : call.callee.values)];
  const functions = values.filter((each) => each.kind === 'function');
  if (isBound) bindSelf(flow, functions, call.arguments[0]);
  const result = flow.cellOf(node);
  if (on.length > 0 && functions.length === 0) {
    callBack(flow, call.arguments, on);
    if (result !== null && method !== null && FLUENT.test(method))
      for (const each of on) if (each === 'req' || each === 'res') flow.add(result, flow.marker(each));
  }
  // What is kept on the request is called on it.
  if (on.length > 0) for (const fn of functions) for (const each of on) flow.add(fn.self, flow.marker(each));
  if (isBound && method === 'apply') passArguments(flow, call, functions);
  const args = isBound ? call.arguments.slice(1) : call.arguments;
  for (const [index, cell] of args.entries()) {
    const held = heldIn(cell);
    if (held.length === 0) continue;
    const at = { file, node: argumentsOf(node)[isBound ? index + 1 : index] ?? node };
    const reaches = values.filter((each) => each.kind !== 'text');
    if (functions.some((fn) => asksArguments(fn) && index >= fn.parameters.length))
      given.escapes.push({ reason: `reads ${spoken(held[0] ?? 'req')} from \`arguments\``, ...at });
    if (reaches.length === 0 && on.length === 0) given.isLost = true;
    if (reaches.length === 0 && on.length > 0 && !(on.includes('req') && method === 'pipe'))
      given.escapes.push({
        reason: `hands ${spoken(held[0] ?? 'req')} to \`${spoken(on[0] ?? 'req')}.${method}\``,
        ...at,
      });
    for (const value of reaches)
      givenOutside(flow, { value, index, call, held, direct: directIn(cell), at }, given);
  }
  return given;
}

const heldIn = (cell: Cell): Followed[] => [
  ...new Set([...cell.values].flatMap((each) => heldBy(each) ?? [])),
];

const directIn = (cell: Cell): boolean => [...cell.values].some((each) => followedBy(each) !== null);

/** `fn.call(res, …)`: inside it, `this` is the response. */
function bindSelf(flow: Flow, functions: readonly FunctionValue[], self: Cell | undefined): void {
  for (const fn of functions) if (self !== undefined) flow.flow(self, fn.self);
}

/** A listener of the response runs with it as `this`. */
function callBack(flow: Flow, args: readonly Cell[], on: readonly Followed[]): void {
  for (const cell of args)
    for (const value of cell.values)
      if (value.kind === 'function') for (const each of on) flow.add(value.self, flow.marker(each));
}

/** `fn.apply(this, arguments)`: whatever the function around it is given may be any parameter. */
function passArguments(flow: Flow, { file, node }: Call, functions: readonly FunctionValue[]): void {
  const list = argumentsOf(node)[1];
  if (list?.type !== 'Identifier' || list.name !== 'arguments') return;
  const parents = parentsOf(file);
  let around = parents.get(node);
  while (around !== undefined && !/^Function(Expression|Declaration)$/.test(around.type))
    around = parents.get(around);
  const own = around === undefined ? null : flow.functionOf(around);
  for (const from of own?.parameters ?? [])
    for (const fn of functions) for (const to of fn.parameters) flow.flow(from, to);
}

const asking = new WeakMap<SyntaxNode, boolean>();

/** Whether a function takes what it is given from `arguments`. */
export function asksArguments({ node }: FunctionValue): boolean {
  const known = asking.get(node);
  if (known !== undefined) return known;
  const asks =
    node.type !== 'ArrowFunctionExpression' &&
    findAll(node, 'Identifier').some(({ name }) => name === 'arguments');
  asking.set(node, asks);
  return asks;
}
