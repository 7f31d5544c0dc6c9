import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { localFunction } from '../facts/answers/send-callbacks.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { callsOf } from './response-calls.ts';

/** Whether the application has an error handler, whoever wrote it. */
export const handlesErrors = ({ program }: Conversion): boolean => program.registrations.some(isErrorHandler);

/** What the application reads of the errors that reach its error handlers; null where it may read anything. */
export function fieldsRead(conversion: Conversion): ReadonlySet<string> | null {
  const found = new Set<string>();
  const handlers = conversion.program.registrations
    .filter(isErrorHandler)
    .flatMap(({ handlers }) => handlers);
  if (!handlers.every(({ kind }) => kind === 'function')) return null;
  for (const unit of conversion.units.values()) {
    const errors = parametersOf(unit.fn.node).filter((_, index) => unit.fn.roles[index] === 'err');
    if (!errors.every((each) => noteParameter(unit, each, found))) return null;
  }
  for (const { unit, args } of callsOf(conversion, /^(sendFile|sendfile|download)$/))
    if (!noteCallback(unit, args.at(-1), found)) return null;
  return found;
}

/** What the callback of `sendFile` reads. Returns whether that is known. */
function noteCallback(unit: Unit, last: SyntaxNode | undefined, found: Set<string>): boolean {
  const fn = isFunction(last) ? last : isIdentifier(last) ? localFunction(unit, last) : null;
  const [error] = fn === null ? [] : parametersOf(fn);
  return error === undefined || noteParameter(unit, error, found);
}

function noteParameter(unit: Unit, parameter: SyntaxNode, found: Set<string>): boolean {
  const name = patternTarget(parameter);
  const binding = isIdentifier(name) ? unit.work.bindings.bindingOf(name) : null;
  return binding?.references.every(({ node }) => noteRead(unit, node, found)) ?? false;
}

const LOGS = /^(error|warn|info|log|debug|trace)$/;

/** Notes what is read of an error where it is used. Returns false where all of it may be. */
function noteRead({ work, uses }: Unit, use: SyntaxNode, found: Set<string>): boolean {
  const { parents } = work;
  let node = use;
  let up = parents.get(node);
  while (up !== undefined && isPassedOn(up, node)) [node, up] = [up, parents.get(up)];
  if (up === undefined) return false;
  if (isMember(up) && child(up, 'object') === node) {
    const name = memberName(up);
    if (name === null) return false;
    found.add(name);
    return true;
  }
  if (up.type === 'VariableDeclarator') {
    const pattern = child(up, 'id');
    const names =
      pattern?.type === 'ObjectPattern' ? children(pattern, 'properties').map(propertyKeyName) : [null];
    for (const name of names) if (name !== null) found.add(name);
    return !names.includes(null);
  }
  if (isTested(up, node)) return true;
  const callee = up.type === 'CallExpression' && argumentsOf(up).includes(node) ? calleeOf(up) : null;
  if (callee === null) return false;
  return isConsole(callee) || uses.some((each) => each.node === callee && each.role === 'next');
}

/** `ready ? error : other`, `error || other`, `(error as Failure)`: still the error. */
const isPassedOn = (up: SyntaxNode, node: SyntaxNode): boolean =>
  /^(TSAsExpression|TSNonNullExpression|ParenthesizedExpression)$/.test(up.type) ||
  (up.type === 'ConditionalExpression' && child(up, 'test') !== node) ||
  (up.type === 'LogicalExpression' && (up.operator !== '&&' || child(up, 'left') !== node));

const isTested = (up: SyntaxNode, node: SyntaxNode): boolean =>
  (/^(IfStatement|ConditionalExpression)$/.test(up.type) && child(up, 'test') === node) ||
  (up.type === 'UnaryExpression' && up.operator === '!') ||
  (up.type === 'LogicalExpression' && up.operator === '&&' && child(up, 'left') === node) ||
  (up.type === 'BinaryExpression' && up.operator === 'instanceof');

const isConsole = (callee: SyntaxNode): boolean =>
  isIdentifier(child(callee, 'object'), 'console') && LOGS.test(memberName(callee) ?? '');
