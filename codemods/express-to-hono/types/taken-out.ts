import {
  argumentsOf,
  child,
  children,
  isIdentifier,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { valuesInside } from '../facts/taken-out.ts';
import { type Conversion, claim, type FileWork, replace, spanOf, type Unit } from '../state/conversion.ts';
import { staysInExpress } from '../state/worlds.ts';
import { contextType } from './context-type.ts';

const RULE = 'helpers/object';

/** `({ req, res, message }) => …` → `({ c, message }) => …`, and the type of such a parameter. */
export function convertTakenOut(conversion: Conversion, unit: Unit): void {
  const { fn, work, context } = unit;
  const [first] = fn.takenOut;
  const pattern = first === undefined ? undefined : work.parents.get(first.property);
  if (pattern === undefined) return;
  const name = nameIn(unit);
  put(
    conversion,
    work,
    pattern,
    fn.takenOut.map(({ property }) => property),
    name,
    context,
  );
  const type = typeOf(pattern);
  if (name !== null && type !== null) convertObjectType(conversion, unit, type);
}

/** `reply({ req, res, message })` → `reply({ c, message })`, and the arguments of such a call besides. */
export function convertHandedInside(conversion: Conversion, unit: Unit, call: SyntaxNode): void {
  const [helper] = conversion.calls.get(call) ?? [];
  if (helper === undefined || helper.fn.takenOut.length === 0) return;
  const { work, context } = unit;
  for (const value of valuesInside(conversion, call)) claim(conversion, value);
  const object = argumentsOf(call)[helper.fn.takenOut[0]?.position ?? 0];
  if (object === undefined) return;
  const keys = new Set(helper.fn.takenOut.map(({ key }) => key));
  const properties = children(object, 'properties').filter((each) => keys.has(propertyKeyName(each) ?? ''));
  put(conversion, work, object, properties, nameIn(helper), context);
}

/**
 * The one name of the context in the object; null where it has each name that the function asks for, as where the object's type
 * is not written at the parameter.
 */
const nameIn = ({ fn, work }: Unit): 'c' | null => {
  const [first] = fn.takenOut;
  const pattern = first === undefined ? undefined : work.parents.get(first.property);
  if (pattern === undefined) return null;
  const type = typeOf(pattern);
  const isTyped = type === null ? work.file.typescript : !/^TS(TypeLiteral|TypeReference)$/.test(type.type);
  const names = [...children(pattern, 'properties'), ...(type === null ? [] : (membersOf(work, type) ?? []))];
  return isTyped || names.some((each) => propertyKeyName(each) === 'c') ? null : 'c';
};

const typeOf = (pattern: SyntaxNode): SyntaxNode | null => {
  const annotation = child(pattern, 'typeAnnotation');
  return annotation === null ? null : child(annotation, 'typeAnnotation');
};

/** The members of a type that is written here, or is an interface of the same file. */
function membersOf(work: FileWork, type: SyntaxNode): SyntaxNode[] | null {
  if (type.type === 'TSTypeLiteral') return children(type, 'members');
  const name = child(type, 'typeName');
  const declaration = isIdentifier(name) ? work.bindings.bindingOf(name)?.declaration : undefined;
  const body = declaration?.type === 'TSInterfaceDeclaration' ? child(declaration, 'body') : null;
  return body === null ? null : children(body, 'body');
}

/** `{ req: Request; message: string }` → `{ c: Context; message: string }`; what others name as well stays, but for what is taken out. */
function convertObjectType(conversion: Conversion, { fn, work }: Unit, type: SyntaxNode): void {
  const keys = fn.takenOut.map(({ key }) => key);
  const members = membersOf(work, type) ?? [];
  const found = members.filter((each) => keys.includes(propertyKeyName(each) ?? ''));
  const context = contextType(conversion, work);
  if (found.length !== keys.length || !isOwn(conversion, work, type)) {
    const text = keys.map((key) => work.layout.string(key)).join(' | ');
    replace(conversion, work, type, ['Omit<', spanOf(type), `, ${text}> & { c: ${context} }`], RULE);
    return;
  }
  for (const [index, member] of members.entries()) {
    const at = found.indexOf(member);
    const annotation = child(member, 'typeAnnotation');
    const before = members[index - 1];
    if (at === 0 && annotation !== null)
      replace(conversion, work, range(member, member.start, annotation.end), [`c: ${context}`], RULE);
    else if (at > 0)
      replace(conversion, work, range(member, before?.end ?? member.start, member.end), [''], RULE);
  }
}

/** Whether nothing but this parameter has the type. */
function isOwn(conversion: Conversion, work: FileWork, type: SyntaxNode): boolean {
  const name = child(type, 'typeName');
  if (name === null) return true;
  const binding = isIdentifier(name) ? work.bindings.bindingOf(name) : null;
  const declaration = binding?.declaration;
  return (
    declaration !== undefined &&
    binding?.references.length === 1 &&
    !/^Export/.test(work.parents.get(declaration)?.type ?? '') &&
    !staysInExpress(conversion, work.file.path, declaration)
  );
}

/** Puts the context in the place of the first of some properties; with one name for all, the others go. */
function put(
  conversion: Conversion,
  work: FileWork,
  object: SyntaxNode,
  properties: readonly SyntaxNode[],
  name: 'c' | null,
  context: string,
): void {
  const all = children(object, 'properties');
  for (const [index, property] of all.entries()) {
    const at = properties.indexOf(property);
    if (at < 0) continue;
    const isPattern = object.type === 'ObjectPattern';
    if (at === 0 || (name === null && !isPattern)) {
      const key = name ?? propertyKeyName(property) ?? '';
      replace(conversion, work, property, [key === context ? key : `${key}: ${context}`], RULE);
    } else {
      const before = all[index - 1];
      replace(conversion, work, range(object, before?.end ?? property.start, property.end), [''], RULE);
    }
  }
}
