import {
  child,
  isIdentifier,
  isMember,
  literalText,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { holds } from '../state/worlds.ts';

/** What a validator reads and writes by a name that it is given: `req[part]`. */
const PARTS = /^(body|query|params|headers|cookies)$/;

/** The member of `req[part]`, where the name is computed; null for any other use of the request. */
export function computedMember(work: FileWork, root: SyntaxNode): SyntaxNode | null {
  const member = work.parents.get(root);
  return isMember(member) && child(member, 'object') === root && memberName(member) === null ? member : null;
}

/** The parts of the request that `req[part]` may be; null where it may be anything else. */
export function partsNamed({ program }: Conversion, member: SyntaxNode): readonly string[] | null {
  const key = child(member, 'property');
  const names = key === null ? null : program.textsAt(key);
  return names?.every((name) => PARTS.test(name)) ? names : null;
}

/** Those that it may be where the member stands: `if (part === 'query') …; else req[part] = value;` leaves the query out. */
export function partsLeft(
  conversion: Conversion,
  work: FileWork,
  member: SyntaxNode,
): readonly string[] | null {
  let names = partsNamed(conversion, member);
  const key = child(member, 'property');
  for (let at = member; names !== null; ) {
    const up = work.parents.get(at);
    if (up === undefined) break;
    const test = /^(If|Conditional)/.test(up.type) ? child(up, 'test') : null;
    const asked = test === null || holds(test, member) ? null : comparedWith(work, test, key);
    if (asked !== null) {
      const isIt = (child(up, 'consequent') === at) === asked.isEqual;
      names = names.filter((name) => (name === asked.text) === isIt);
    }
    at = up;
  }
  return names;
}

/** `part === 'query'`, of the same constant as a key. */
function comparedWith(
  work: FileWork,
  test: SyntaxNode,
  key: SyntaxNode | null,
): { text: string; isEqual: boolean } | null {
  const [, negated] = /^(!?)==?=?$/.exec(String(test.operator)) ?? [];
  if (test.type !== 'BinaryExpression' || negated === undefined) return null;
  const [left, right] = [child(test, 'left'), child(test, 'right')];
  const text = literalText(right);
  const binding = isIdentifier(key) ? work.bindings.bindingOf(key) : null;
  const isSame = isIdentifier(left) && binding !== null && work.bindings.bindingOf(left) === binding;
  const isConstant = binding?.references.every(({ write }) => !write) === true;
  return text !== null && isSame && isConstant ? { text, isEqual: negated === '' } : null;
}

/** The statement `req[part] = value`: the assignment; null for any other use. */
export function assignsComputed(work: FileWork, root: SyntaxNode): SyntaxNode | null {
  const member = computedMember(work, root);
  const assignment = member === null ? undefined : work.parents.get(member);
  const isAssigned =
    assignment?.type === 'AssignmentExpression' &&
    assignment.operator === '=' &&
    child(assignment, 'left') === member &&
    work.parents.get(assignment)?.type === 'ExpressionStatement';
  return isAssigned ? assignment : null;
}
