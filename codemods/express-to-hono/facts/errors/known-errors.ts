import type { Binding } from '../../../../src/workspace/syntax/bindings.ts';
import {
  child,
  children,
  isFunction,
  isIdentifier,
  literalText,
  parametersOf,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';

/**
 * Whether `next(x)` always carries an error. Express goes on to the next handler when `x` is empty, so a value that
 * may be empty cannot become a `throw`.
 *
 * @returns null when it is an error, else the reason why that is not known
 */
export function isKnownError(conversion: Conversion, unit: Unit, argument: SyntaxNode): string | null {
  const value = unwrap(argument);
  if (value.type === 'NewExpression' || value.type === 'CallExpression') return null;
  const text = literalText(value);
  if (text === 'route' || text === 'router') return `\`next('${text}')\` skips to another route`;
  const always = value.type === 'ObjectExpression' || (text !== null && text !== '') || isSomeText(value);
  // An error handler of ours would be given an Error made of it, and not the value itself, unless it is carried there.
  const isGiven = conversion.carriesValues;
  if (always && (isGiven || !conversion.program.functions.some(({ kind }) => kind === 'error-handler')))
    return null;
  if (!isIdentifier(value)) return 'what `next` is given may be no Error';
  const binding = unit.work.bindings.bindingOf(value);
  if (binding === null) return 'what `next` is given is not known';
  if (binding.kind === 'catch' || conversion.roles.get(value)?.role === 'err') return null;
  if (unit.fn.kind === 'error-handler' && binding.kind === 'parameter') return null;
  if (binding.kind === 'const' && binding.declaration.type === 'VariableDeclarator') {
    const init = child(binding.declaration, 'init');
    if (init !== null && /^(New|Call)Expression$/.test(unwrap(init).type)) return null;
  }
  if (isRejectionParameter(unit, binding.declaration, binding.node)) return null;
  if (isGuarded(unit, value) || holdsErrors(unit, binding)) return null;
  return `\`next(${binding.name})\` goes on to the next handler when \`${binding.name}\` is empty`;
}

/** `let error = err; if (…) error = new ApiError(…);`: whether a variable holds an error from the start, whatever it is set to. */
function holdsErrors(unit: Unit, { declaration, references }: Binding): boolean {
  const init = declaration.type === 'VariableDeclarator' ? child(declaration, 'init') : null;
  const set = references.flatMap(({ node, write }) => {
    const up = unit.work.parents.get(node);
    const isSet = up?.type === 'AssignmentExpression' && up.operator === '=' && child(up, 'left') === node;
    return write ? [isSet ? child(up, 'right') : null] : [];
  });
  return [init, ...set].every((each) => {
    const value = each === null ? null : unwrap(each);
    return value !== null && (value.type === 'NewExpression' || isErrorAsGiven(unit, value));
  });
}

/** The error that an error handler is given, or a `catch` caught, where nothing else is put in its place. */
function isErrorAsGiven({ fn, work }: Unit, value: SyntaxNode): boolean {
  const binding = isIdentifier(value) ? work.bindings.bindingOf(value) : null;
  const isGiven =
    binding?.kind === 'catch' || (fn.kind === 'error-handler' && binding?.node === parametersOf(fn.node)[0]);
  return isGiven && binding?.references.every(({ write }) => !write) === true;
}

/** A text that is never empty, whatever stands in it. */
const isSomeText = (value: SyntaxNode): boolean =>
  value.type === 'TemplateLiteral' &&
  children(value, 'quasis').some((each) => (each.value as { cooked?: string } | undefined)?.cooked);

/** The parameter of a callback given to `.catch()`. */
function isRejectionParameter(unit: Unit, declaration: SyntaxNode, node: SyntaxNode): boolean {
  const { parents } = unit.work;
  let fn: SyntaxNode | undefined = declaration;
  while (fn !== undefined && !isFunction(fn)) fn = parents.get(fn);
  const call = fn === undefined ? undefined : parents.get(fn);
  const callee = call?.type === 'CallExpression' ? child(call, 'callee') : null;
  const property = callee === null ? null : child(callee, 'property');
  return isIdentifier(property, 'catch') && node.start >= (fn?.start ?? 0);
}

/** Inside an `if` whose condition holds only when the value is there: `if (err)`, `if (err && …)`. */
function isGuarded(unit: Unit, value: SyntaxNode): boolean {
  const { parents, bindings } = unit.work;
  const binding = bindings.bindingOf(value);
  for (
    let node = value, up = parents.get(node);
    up !== undefined && up !== unit.fn.node;
    node = up, up = parents.get(up)
  ) {
    if (up.type !== 'IfStatement' && up.type !== 'ConditionalExpression' && up.type !== 'LogicalExpression')
      continue;
    const test = child(up, up.type === 'LogicalExpression' ? 'left' : 'test');
    if (test === null || test === node || child(up, 'alternate') === node) continue;
    if (test.type === 'LogicalExpression' && test.operator !== '&&') continue;
    const named = [
      test,
      ...findAll(test, 'LogicalExpression').flatMap((each) => [child(each, 'left'), child(each, 'right')]),
    ];
    if (named.some((each) => isIdentifier(each) && bindings.bindingOf(each) === binding)) return true;
  }
  return false;
}
