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
  const some = (...names: string[]) =>
    names.some((name) => mayBeText(conversion, work, child(inner, name), seen));
  switch (inner.type) {
    case 'Literal':
      return typeof inner.value === 'string';
    case 'TemplateLiteral':
      return true;
    case 'ConditionalExpression':
      return some('consequent', 'alternate');
    case 'LogicalExpression':
      return some('left', 'right');
    case 'BinaryExpression':
      return inner.operator === '+' && some('left', 'right');
    case 'AssignmentExpression':
      return some('right');
    case 'AwaitExpression':
      return some('argument');
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
      const { references, declarations } = binding;
      const given = declarations.map((name) => declarationOf(work, name));
      for (const { node: use, write } of references) {
        const up = work.parents.get(use);
        if (write && up?.type === 'AssignmentExpression') given.push(child(up, 'right'));
      }
      return given.some((value) => mayBeText(conversion, work, value, seen));
    }
    default:
      return false;
  }
}

/** What a variable is made of: the value of its declaration, the whole of it where the name is one of a pattern. */
function declarationOf(work: FileWork, name: SyntaxNode): SyntaxNode | null {
  for (let up = work.parents.get(name); up !== undefined; up = work.parents.get(up)) {
    if (up.type === 'VariableDeclarator') return child(up, 'init');
    if (!/^(ObjectPattern|Property|AssignmentPattern)$/.test(up.type)) return null;
  }
  return null;
}
