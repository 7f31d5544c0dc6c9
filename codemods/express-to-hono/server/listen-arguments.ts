import { argumentsOf, child, isFunction, parametersOf, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../state/conversion.ts';
import type { ListenArguments } from '../state/own-server.ts';

/** What `listen` is given, or why that has no rule. */
export function listenArguments(work: FileWork, call: SyntaxNode): ListenArguments | string {
  const args = [...argumentsOf(call)];
  if (args.some((arg) => arg.type === 'SpreadElement')) return 'this way to listen has no rule';
  const last = args.at(-1);
  const isCallback =
    last !== undefined &&
    (isFunction(unwrap(last)) || (args.length > 1 && functionNamed(work, unwrap(last)) !== null));
  const callback = isCallback ? args.pop() : undefined;
  const [port, host, backlog] = args;
  if (backlog !== undefined || (port !== undefined && unwrap(port).type === 'ObjectExpression'))
    return 'a backlog or options of `listen` have no rule';
  return { port, host, callback };
}

/** The function of this file that a name stands for. */
export function functionNamed(work: FileWork, node: SyntaxNode): SyntaxNode | null {
  const declaration = node.type === 'Identifier' ? work.bindings.bindingOf(node)?.declaration : undefined;
  if (declaration === undefined) return null;
  if (isFunction(declaration)) return declaration;
  const made = child(declaration, 'init');
  return isFunction(made) ? made : null;
}

/**
 * What becomes of the error that Express 5 gives the callback of `listen`: the parameter goes, and with it the statement
 * `if (error) throw error;`, because a server throws it by itself. Null where the callback does anything else with it.
 */
export function droppedError(
  work: FileWork,
  callback: SyntaxNode,
): { parameter: SyntaxNode; statement: SyntaxNode | null } | null {
  const [parameter, ...others] = parametersOf(callback);
  const binding = parameter === undefined ? null : work.bindings.bindingOf(parameter);
  if (parameter === undefined || others.length > 0 || binding === null) return null;
  const [use, thrown, ...more] = binding.references;
  if (use === undefined) return { parameter, statement: null };
  const statement = work.parents.get(use.node);
  const raised = thrown === undefined ? undefined : work.parents.get(thrown.node);
  if (
    more.length > 0 ||
    statement?.type !== 'IfStatement' ||
    child(statement, 'alternate') !== null ||
    raised?.type !== 'ThrowStatement'
  )
    return null;
  const only = child(statement, 'consequent');
  const isAlone =
    only === raised || (only?.type === 'BlockStatement' && (only.body as SyntaxNode[]).length === 1);
  return isAlone ? { parameter, statement } : null;
}
