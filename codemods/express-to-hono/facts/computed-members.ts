import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
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

/** The parts of the request that a key may name, as in `req[part]`; null where it may be anything else. */
export function partsNamed({ program }: Conversion, key: SyntaxNode): readonly string[] | null {
  const text = literalText(key);
  const names = text === null ? program.textsAt(key) : [text];
  return names?.every((name) => PARTS.test(name)) ? names : null;
}

/** Those that it may name where it stands: `if (part === 'query') …; else req[part] = value;` leaves the query out. */
export function partsLeft(conversion: Conversion, work: FileWork, key: SyntaxNode): readonly string[] | null {
  let names = partsNamed(conversion, key);
  for (let at = key; names !== null; ) {
    const up = work.parents.get(at);
    if (up === undefined) break;
    const test = /^(If|Conditional)/.test(up.type) ? child(up, 'test') : null;
    const asked = test === null || holds(test, key) ? null : comparedWith(work, test, key);
    if (asked !== null) {
      const isIt = (child(up, 'consequent') === at) === asked.isEqual;
      names = names.filter((name) => asked.texts.includes(name) === isIt);
    }
    at = up;
  }
  return names;
}

/** What a test compares with. */
interface Compared {
  texts: readonly string[];
  isEqual: boolean;
}

/** `part === 'query'`, of the same constant as a key, and `part === 'query' || part === 'params'`. */
function comparedWith(work: FileWork, test: SyntaxNode, key: SyntaxNode): Compared | null {
  const parts = test.type === 'LogicalExpression' ? [child(test, 'left'), child(test, 'right')] : [];
  if (parts.length > 0) {
    const asked = parts.map((part) => (part === null ? null : comparedWith(work, part, key)));
    const isEqual = test.operator === '||';
    if (!isEqual && test.operator !== '&&') return null;
    return asked.every((each) => each?.isEqual === isEqual)
      ? { texts: asked.flatMap((each) => each?.texts ?? []), isEqual }
      : null;
  }
  const [, negated] = /^(!?)==?=?$/.exec(String(test.operator)) ?? [];
  if (test.type !== 'BinaryExpression' || negated === undefined) return null;
  const [left, right] = [child(test, 'left'), child(test, 'right')];
  const text = literalText(right);
  const binding = isIdentifier(key) ? work.bindings.bindingOf(key) : null;
  const isSame = isIdentifier(left) && binding !== null && work.bindings.bindingOf(left) === binding;
  const isConstant = binding?.references.every(({ write }) => !write) === true;
  return text !== null && isSame && isConstant ? { texts: [text], isEqual: negated === '' } : null;
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

/** The statement `Object.defineProperty(req, part, { value, writable: true, configurable: true })`, which sets it as well. */
export function definesPart(
  work: FileWork,
  root: SyntaxNode,
): { call: SyntaxNode; key: SyntaxNode; value: SyntaxNode } | null {
  const call = work.parents.get(root);
  const callee = call === undefined ? null : calleeOf(call);
  if (call === undefined || !isMember(callee) || memberName(callee) !== 'defineProperty') return null;
  const object = child(callee, 'object');
  const isGlobal = isIdentifier(object, 'Object') && work.bindings.bindingOf(object) === null;
  const [target, key, how, ...more] = argumentsOf(call);
  if (!isGlobal || target !== root || how?.type !== 'ObjectExpression' || more.length > 0) return null;
  const fields = new Map(
    children(how, 'properties').map((each) => [propertyKeyName(each), child(each, 'value')]),
  );
  const isPlain = [...fields.keys()].every((name) =>
    /^(value|writable|configurable|enumerable)$/.test(name ?? ''),
  );
  const isSet = (name: string) => fields.get(name)?.value === true;
  const value = fields.get('value') ?? null;
  const isStatement = work.parents.get(call)?.type === 'ExpressionStatement';
  return key !== undefined &&
    value !== null &&
    isPlain &&
    isSet('writable') &&
    isSet('configurable') &&
    isStatement
    ? { call, key, value }
    : null;
}
