import type {
  ExpressFunction,
  HandlerArgument,
  Registration,
} from '../../../../src/workspace/express/program.ts';
import { argumentsOf, calleeOf, child } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { isPackageErrors } from '../../packages/_known.ts';

export const functionsOf = (argument: HandlerArgument) =>
  argument.kind === 'function' || argument.kind === 'factory' ? argument.functions : [];

/** The registrations that a function is a handler of. */
export const registrationsOf = ({ uses }: ExpressFunction): Registration[] =>
  uses.flatMap((use) => (use.kind === 'registered' ? [use.registration] : []));

/** An error handler, or a list in which one is. */
export const isErrorArgument = (argument: HandlerArgument): boolean =>
  (argument.kind === 'array' && argument.items.some(isErrorArgument)) ||
  isPackageErrors(argument) ||
  (argument.kind === 'as-is' && argument.functions.some(({ kind }) => kind === 'error-handler')) ||
  functionsOf(argument).some(({ kind }) => kind === 'error-handler');

export const isErrorHandler = (registration: Registration): boolean =>
  registration.handlers.some(isErrorArgument);

export const memberOf = (call: SyntaxNode): SyntaxNode | null => {
  const callee = calleeOf(call);
  return callee === null ? null : child(callee, 'property');
};

export function handlerNodes(registration: Registration): SyntaxNode[] {
  const args = argumentsOf(registration.call);
  return registration.pathNode === null ? args : args.filter((arg) => arg !== registration.pathNode);
}
