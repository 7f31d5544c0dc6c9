import { resolveBindings } from '../syntax/bindings.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import { UNKNOWN } from '../syntax/flow/values.ts';
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
