import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isIdentifier,
  parametersOf,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../edit/draft.ts';
import { type Conversion, claim, replace, spanOf, type Unit } from '../../state/conversion.ts';
import { headersSentRoot, isErrorTest, isForwardOnly, nextCall, onlyStatement } from './shapes.ts';

/**
 * The callback of `sendFile` and `download`: it may only pass a failure on. `next(err)` needs nothing, since a failure
 * is thrown in Hono; `next(new NotFound())` becomes a `.catch()` that throws that error.
 *
 * @returns what follows the call, or null when the callback does anything else
 */
export function readSendCallback(conversion: Conversion, unit: Unit, argument: SyntaxNode): Part[] | null {
  const named = isIdentifier(argument);
  const fn = named ? localFunction(unit, argument) : isFunction(argument) ? argument : null;
  if (fn === null) return null;
  if (!named && isForwardOnly(conversion, unit, fn)) return [];
  const error = replacementError(conversion, unit, fn);
  if (error === null) return null;
  const params = parametersOf(fn);
  const [param] = params;
  const name = param === undefined ? null : unit.work.bindings.bindingOf(param);
  const usesParam =
    name?.references.some(({ node }) => error.start <= node.start && node.end <= error.end) ?? false;
  if (!named) {
    const head: Part[] = usesParam && param !== undefined ? ['(', spanOf(param), ') => '] : ['() => '];
    return ['.catch(', ...head, '{ throw ', spanOf(error), '; })'];
  }
  const only = onlyStatement(child(fn, 'body'));
  if (only !== null && conversion.dry === 0 && !unit.work.draft.replaces(only)) {
    replace(conversion, unit.work, only, ['throw ', spanOf(error), ';'], 'response/send-callback');
    if (param !== undefined && !usesParam)
      replace(conversion, unit.work, param, [''], 'response/send-callback');
  }
  return ['.catch(', spanOf(argument), ')'];
}

/** A function that a `const` or declaration of the same unit names, when it is only ever handed to calls. */
export function localFunction(unit: Unit, name: SyntaxNode): SyntaxNode | null {
  const { bindings, parents } = unit.work;
  const binding = bindings.bindingOf(name);
  if (binding === null || binding.node.start < unit.fn.node.start || binding.node.end > unit.fn.node.end)
    return null;
  const declaration = binding.declaration;
  const fn = isFunction(declaration) ? declaration : child(declaration, 'init');
  const handedOn = binding.references.every(({ node, write }) => {
    const call = parents.get(node);
    return !write && call?.type === 'CallExpression' && argumentsOf(call).includes(node);
  });
  return handedOn && isFunction(fn) ? fn : null;
}

/** `err` of `if (err) next(err)`-like callbacks: the error they pass on. */
function replacementError(conversion: Conversion, unit: Unit, fn: SyntaxNode): SyntaxNode | null {
  const [param] = parametersOf(fn);
  const only = onlyStatement(child(fn, 'body'));
  if (param === undefined || only?.type !== 'IfStatement' || child(only, 'alternate') !== null) return null;
  const test = child(only, 'test');
  const consequent = onlyStatement(child(only, 'consequent'));
  if (test === null || consequent === null || !isErrorTest(conversion, unit.work, test, param)) return null;
  const call = nextCall(conversion, consequent);
  const callee = call === null ? null : calleeOf(call);
  const [value, ...rest] = call === null ? [] : argumentsOf(call);
  if (callee === null || value === undefined || rest.length > 0) return null;
  let error = value;
  if (value.type === 'ConditionalExpression') {
    const root = headersSentRoot(conversion, child(value, 'test'));
    const no = child(value, 'alternate');
    if (root === null || no === null) return null;
    claim(conversion, root);
    error = no;
  }
  if (error.type !== 'NewExpression' && error.type !== 'CallExpression') return null;
  claim(conversion, callee);
  return error;
}
