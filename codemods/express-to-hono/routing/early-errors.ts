import type { Registration } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';
import { isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { isAlwaysThere } from '../facts/errors/error-chains.ts';
import { handlerNodes, isErrorHandler } from '../facts/routes/registrations.ts';
import { type Conversion, type FileWork, spanOf } from '../state/conversion.ts';
import { plainErrors, wrapEarly } from './error-chains.ts';

/**
 * The error handler of a router that stands after middleware and before routes: it answers the errors of that middleware
 * alone. Null where there is none, or where it cannot be put around each of them.
 *
 * @param all what is registered on the router
 */
export function earlyErrors(conversion: Conversion, all: readonly Registration[]): Registration | null {
  const [only, ...more] = all.filter(isErrorHandler);
  if (only === undefined || more.length > 0 || only.on.kind !== 'router') return null;
  const index = all.indexOf(only);
  const [argument, ...others] = only.handlers;
  if (index === all.length - 1 || argument?.kind !== 'function' || others.length > 0) return null;
  const work = conversion.workOf(only.file);
  const isPlain =
    only.pathNode === null &&
    work.parents.get(only.call)?.type === 'ExpressionStatement' &&
    isAlwaysThere(conversion, only) &&
    all.every(({ file }) => file === only.file);
  const before = all.slice(0, index);
  const isMiddleware = ({ method, handlers, rows, pathNode }: Registration) =>
    method === 'use' &&
    rows === undefined &&
    pathNode === null &&
    handlers.every((each) => /^(function|factory|package)$/.test(each.kind) && routersIn(each).length === 0);
  const [first] = before;
  const isThere = first === undefined || isDeclaredBefore(work, argument.node, first.call);
  return isPlain && isThere && before.every(isMiddleware) ? only : null;
}

/** Whether a name has its value already where a call stands: an import, a function, what is declared further up. */
function isDeclaredBefore(work: FileWork, name: SyntaxNode, call: SyntaxNode): boolean {
  const binding = isIdentifier(name) ? work.bindings.bindingOf(name) : null;
  if (binding === null) return false;
  const { declaration } = binding;
  return /^(Import\w+|FunctionDeclaration)$/.test(declaration.type) || declaration.end < call.start;
}

/** `withErrors(jsonBody(), onFailure)`, before the middleware itself is converted. */
export function wrapFailing(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
  all: readonly Registration[],
): void {
  if (plainErrors(conversion, registration) !== null) {
    wrapEarly(conversion, work, registration);
    return;
  }
  const errors = earlyErrors(conversion, all);
  const [handler] = errors?.handlers ?? [];
  if (errors === null || handler === undefined || conversion.dry > 0) return;
  if (all.indexOf(registration) >= all.indexOf(errors)) return;
  const name = parityName(conversion, work, 'withErrors');
  for (const node of handlerNodes(registration))
    work.draft.replace(node, [`${name}(`, spanOf(node), ', ', spanOf(handler.node), ')'], 'errors/order');
}
