import { resolveBindings } from '../syntax/bindings.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import { UNKNOWN, type Value } from '../syntax/flow/values.ts';
import {
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  propertyKeyName,
  unwrap,
} from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { findAll } from '../syntax/walk.ts';
import type { ExpressFunction, RouterValue } from './program.ts';
import type { Lookup } from './registrations.ts';
import { routerKind } from './surface.ts';

/** What the language keeps values in: they come out again in the program's own code, and nowhere else. */
const CONTAINER = /^(Map|Set|WeakMap|WeakSet)$/;

/** Whether a call puts a value into a container that the program makes: `cache.set(key, value)`, `Stack.known.add(value)`. */
export function putsIntoContainer(flow: Flow, file: ParsedFile, call: SyntaxNode): boolean {
  const callee = calleeOf(call);
  const receiver = isMember(callee) ? child(callee, 'object') : null;
  if (receiver === null || !/^(set|add)$/.test(memberName(callee) ?? '')) return false;
  if (isIdentifier(receiver)) {
    const declaration = resolveBindings(file).bindingOf(receiver)?.declaration;
    if (declaration?.type !== 'VariableDeclarator') return false;
    return isContainer(file, child(declaration, 'init')) || isTyped(child(declaration, 'id'));
  }
  const name = memberName(receiver);
  const made = name === null ? [] : valuesOfMember(flow, name);
  return made.length > 0 && made.every(([of, value]) => isContainer(of, value));
}

function isContainer(file: ParsedFile, value: SyntaxNode | null): boolean {
  const made = value === null ? null : unwrap(value);
  const name = made?.type === 'NewExpression' ? child(made, 'callee') : null;
  return (
    isIdentifier(name) && CONTAINER.test(String(name.name)) && resolveBindings(file).bindingOf(name) === null
  );
}

/** `let stacks: Map<string, Stack>`. */
function isTyped(name: SyntaxNode | null): boolean {
  const annotation = name === null ? null : child(name, 'typeAnnotation');
  const type = annotation === null ? null : child(annotation, 'typeAnnotation');
  const named = type === null ? null : child(type, 'typeName');
  return isIdentifier(named) && CONTAINER.test(String(named.name));
}

/** Everything that the program puts into members of a name: fields of classes, properties, assignments. */
function valuesOfMember(flow: Flow, name: string): [ParsedFile, SyntaxNode | null][] {
  return [...flow.files.values()].flatMap((file) => [
    ...[...findAll(file.program, 'PropertyDefinition'), ...findAll(file.program, 'Property')]
      .filter((each) => propertyKeyName(each) === name)
      .map((each): [ParsedFile, SyntaxNode | null] => [file, child(each, 'value')]),
    ...findAll(file.program, 'AssignmentExpression')
      .filter((each) => memberName(child(each, 'left')) === name)
      .map((each): [ParsedFile, SyntaxNode | null] => [file, child(each, 'right')]),
  ]);
}

/** Names of members that are read of something that is not known, or taken out of it by a pattern: it may have come out of a container. */
export function namesReadOfUnknown(flow: Flow): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of flow.files.values()) {
    for (const member of findAll(file.program, 'MemberExpression')) {
      const object = child(member, 'object');
      const values = object === null ? undefined : flow.cellOf(object)?.values;
      const isKnown = values !== undefined && values.size > 0 && !values.has(UNKNOWN);
      if (!isKnown) names.add(memberName(member) ?? '');
    }
    for (const pattern of findAll(file.program, 'ObjectPattern'))
      for (const property of (pattern.properties as SyntaxNode[] | undefined) ?? [])
        names.add(propertyKeyName(property) ?? '');
  }
  return names;
}

/** What is handed over when a value that holds it is. */
export type Escaping = Pick<ExpressFunction, 'escapes'> & Partial<Pick<ExpressFunction, 'uses'>>;

/** The Express function or the router that a value is. */
function expressOf(lookup: Lookup, value: Value): ExpressFunction | RouterValue | null {
  if (value.kind === 'function') return lookup.functionOf(value);
  return value.kind === 'external' && routerKind(value) !== null ? lookup.routerOf(value) : null;
}

/** What whoever gets a value gets at through it: what a function gives back, what an object, a list or an instance holds. */
function* within(value: Value): Iterable<Value> {
  if (value.kind === 'function') yield* value.returns.values;
  if (value.kind !== 'object' && value.kind !== 'array' && value.kind !== 'instance') return;
  for (const { values } of value.members.values()) yield* values;
  yield* value.parents.values;
}

/**
 * The values among the arguments of calls and the members of the global object that are an Express function or a router,
 * or lead to one. Each value is looked at once, however many calls are handed it: only in these is looked inside for each.
 */
export function holdersIn(flow: Flow, lookup: Lookup): ReadonlySet<Value> {
  const leadingTo = new Map<Value, Value[]>();
  const holders = new Set<Value>();
  const waiting: Value[] = [];
  const reach = (value: Value, from: Value | null): void => {
    const known = leadingTo.get(value);
    if (known === undefined) waiting.push(value);
    const list = known ?? [];
    if (from !== null) list.push(from);
    leadingTo.set(value, list);
  };
  for (const { arguments: args } of [...flow.externalCalls, ...flow.calls])
    for (const { values } of args) for (const value of values) reach(value, null);
  for (const { values } of flow.globals.members.values()) for (const value of values) reach(value, null);
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (expressOf(lookup, value) !== null) holders.add(value);
    for (const inner of within(value)) reach(inner, value);
  }
  for (const value of holders) for (const outer of leadingTo.get(value) ?? []) holders.add(outer);
  return holders;
}

/**
 * Functions and routers inside objects and lists, and routers that a function gives back or an instance keeps: whoever
 * gets the outer value gets at them. With the names of the members that hold them, `*` for any.
 *
 * @param holders the values that lead to one
 */
export function heldIn(
  lookup: Lookup,
  holders: ReadonlySet<Value>,
  values: Iterable<Value>,
  isCallback: boolean,
): Map<Escaping | RouterValue, Set<string>> {
  const found = new Map<Escaping | RouterValue, Set<string>>();
  const seen = new Set<Value>();
  const visit = (value: Value, isInside: boolean, withFunctions: boolean, name: string): void => {
    if (!holders.has(value)) return;
    const own = isInside && (withFunctions || value.kind !== 'function') ? expressOf(lookup, value) : null;
    if (own !== null) found.set(own, (found.get(own) ?? new Set()).add(name));
    if (seen.has(value)) return;
    seen.add(value);
    const isUsed = isInside || !isCallback;
    if (value.kind === 'function' && isUsed)
      for (const made of value.returns.values) visit(made, true, false, name);
    if (value.kind !== 'object' && value.kind !== 'array' && value.kind !== 'instance') return;
    const also = withFunctions && value.kind !== 'instance';
    for (const [key, cell] of value.members) for (const held of cell.values) visit(held, true, also, key);
    for (const held of value.parents.values) visit(held, false, also, name);
  };
  for (const value of values) visit(value, false, true, '*');
  return found;
}
