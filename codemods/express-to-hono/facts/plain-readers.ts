import type { ExpressFunction, ExpressProgram, FunctionUse } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../state/conversion.ts';

/** Calls of such functions. */
const calls = new WeakSet<SyntaxNode>();

/**
 * Takes out of a program the functions that are handed the request as any other object, and read what they are told to:
 * `pick(req, ['body'])` beside `pick(schema, names)`. They stay what they are, and are handed an object of what they may read.
 */
export function withoutPlainReaders(
  program: ExpressProgram,
  workOf: (file: ExpressFunction['file']) => FileWork,
): ExpressProgram {
  // Under Express 5 the query is no field of the request's own.
  if (program.version === 5) return program;
  const found = program.functions.filter((fn) => isPlainReader(fn, workOf(fn.file)));
  const others = new Set(
    program.functions.filter((fn) => !found.includes(fn)).flatMap((fn) => fn.uses.flatMap(callOf)),
  );
  for (const call of found.flatMap(({ uses }) => uses.flatMap(callOf)))
    if (!others.has(call)) calls.add(call);
  return found.length === 0
    ? program
    : { ...program, functions: program.functions.filter((fn) => !found.includes(fn)) };
}

/** Whether the functions that a call reaches only read the fields of what they are handed. */
export const callsPlainReader = (call: SyntaxNode): boolean => calls.has(call);

/** Names that a call of such a function is given in lists; null where they are known only when it runs. */
export function namesAsked(call: SyntaxNode): string[] | null {
  const names: string[] = [];
  for (const argument of argumentsOf(call).slice(1)) {
    const list = unwrap(argument);
    const items = list.type === 'ArrayExpression' ? children(list, 'elements') : [list];
    for (const item of items) {
      const text = literalText(item);
      if (text === null) return null;
      names.push(text);
    }
  }
  return names;
}

const callOf = (use: FunctionUse): SyntaxNode[] => (use.kind === 'called' ? [use.call] : []);

function isPlainReader(fn: ExpressFunction, work: FileWork): boolean {
  const { kind, roles, uses, escapes, node } = fn;
  const [parameter] = parametersOf(node);
  const isOfRequest = roles[0] === 'req' && roles.slice(1).every((role) => role === null);
  const isCalled = uses.length > 0 && uses.every((use) => use.kind === 'called');
  if (kind !== 'helper' || !isOfRequest || !isCalled || escapes.length > 0 || !isIdentifier(parameter))
    return false;
  const references = work.bindings.bindingOf(parameter)?.references ?? [];
  const isComputed = ({ node: use }: { node: SyntaxNode }) => {
    const member = work.parents.get(use);
    return isMember(member) && memberName(member) === null;
  };
  return (
    references.some(isComputed) &&
    references.every(({ node: use, write, type }) => type || (!write && isLook(work, use)))
  );
}

/** `object[key]`, `object && …`, `key in object`, `Object.prototype.hasOwnProperty.call(object, key)`. */
function isLook(work: FileWork, use: SyntaxNode): boolean {
  const up = work.parents.get(use);
  if (up === undefined) return false;
  if (isMember(up) && child(up, 'object') === use) {
    const around = work.parents.get(up);
    const isTarget = around?.type === 'AssignmentExpression' && child(around, 'left') === up;
    const isChanged = around?.type === 'UpdateExpression' || around?.operator === 'delete';
    const isCalled = around?.type === 'CallExpression' && calleeOf(around) === up;
    return memberName(up) === null && !isTarget && !isChanged && !isCalled;
  }
  if (up.type === 'LogicalExpression') return child(up, 'left') === use;
  if (up.type === 'BinaryExpression') return up.operator === 'in' && child(up, 'right') === use;
  if (/^(IfStatement|ConditionalExpression)$/.test(up.type)) return child(up, 'test') === use;
  if (up.type !== 'CallExpression' || argumentsOf(up)[0] !== use) return false;
  const callee = calleeOf(up);
  const object = isMember(callee) ? child(callee, 'object') : null;
  return (
    (memberName(callee) === 'call' && memberName(object) === 'hasOwnProperty') ||
    (memberName(callee) === 'hasOwn' && isIdentifier(object, 'Object'))
  );
}
