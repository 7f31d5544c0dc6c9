import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { importName } from '../edit/imports.ts';
import { alternatives, assignedTo, declarerOf } from '../facts/answers/value-source.ts';
import { type Conversion, type FileWork, spanOf, textOf, type Unit } from '../state/conversion.ts';

/** A status code as an argument. Hono types statuses as literals: a computed number is cast in TypeScript. */
export function statusParts(conversion: Conversion, unit: Unit, code: SyntaxNode, withBody: boolean): Part[] {
  if (unwrap(code).type === 'Literal') return [textOf(unit.work, code)];
  if (!unit.work.file.typescript) return [spanOf(code)];
  const type = importName(
    conversion,
    unit.work,
    'hono/utils/http-status',
    withBody ? 'ContentfulStatusCode' : 'StatusCode',
    { type: true },
  );
  const simple = /^(Identifier|MemberExpression|CallExpression)$/.test(unwrap(code).type);
  return simple ? [spanOf(code), ` as ${type}`] : ['(', spanOf(code), `) as ${type}`];
}

const SENT_AS_TEXT = /^(params|query|headers|cookies|signedCookies|body|get|header)$/;
const GIVES_TEXT = /^(toString|toFixed|trim|slice|substring|substr|replace|join)$/;

/** Whether an expression may well be a text: one of the code's own, or what a client sent. Hono takes numbers for a status. */
export function mayBeText(
  conversion: Conversion,
  work: FileWork,
  node: SyntaxNode | null,
  seen: Set<SyntaxNode> = new Set(),
): boolean {
  if (node === null || seen.has(node)) return false;
  seen.add(node);
  const inner = unwrap(node);
  const any = (values: readonly (SyntaxNode | null)[]) =>
    values.some((value) => mayBeText(conversion, work, value, seen));
  const some = (...names: string[]) => any(names.map((name) => child(inner, name)));
  const comesTo = alternatives(inner);
  if (comesTo !== null) return any(comesTo);
  switch (inner.type) {
    case 'Literal':
      return typeof inner.value === 'string';
    case 'TemplateLiteral':
      return true;
    case 'BinaryExpression':
      return inner.operator === '+' && some('left', 'right');
    case 'CallExpression': {
      const callee = calleeOf(inner);
      if (isIdentifier(callee)) return callee.name === 'String' && argumentsOf(inner).length > 0;
      return GIVES_TEXT.test(memberName(callee) ?? '') || some('callee');
    }
    case 'MemberExpression': {
      const object = child(inner, 'object');
      if (object !== null && conversion.roles.get(unwrap(object))?.role === 'req')
        return SENT_AS_TEXT.test(memberName(inner) ?? '');
      return isMember(object === null ? null : unwrap(object)) && some('object');
    }
    case 'Identifier': {
      const binding = work.bindings.bindingOf(inner);
      if (binding === null) return false;
      const declared = binding.declarations.map((name) => declarerOf(work, name));
      const made = declared.map((each) => (each?.type === 'VariableDeclarator' ? child(each, 'init') : null));
      return any([...made, ...assignedTo(work, binding)]);
    }
    default:
      return false;
  }
}
