import { argumentsOf, calleeOf, child, isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../state/conversion.ts';

/**
 * Whether what a call throws may be caught. A port that is taken is an event of Node's server, which ends the process
 * where nobody listens for it; `Bun.serve` and `Deno.serve` throw.
 */
export function mayBeCaught(
  work: FileWork,
  node: SyntaxNode,
  seen: ReadonlySet<SyntaxNode> = new Set(),
): boolean {
  let at = node;
  for (let up = work.parents.get(at); up !== undefined; at = up, up = work.parents.get(up)) {
    if (up.type === 'TryStatement' && child(up, 'block') === at && child(up, 'handler') !== null) return true;
    if (isFunction(up)) return callersMayCatch(work, up, seen);
    if (/^(MethodDefinition|StaticBlock|PropertyDefinition)$/.test(up.type)) return true;
  }
  return false;
}

/** Whether a caller of a function may catch what it throws; one that cannot be found may. */
function callersMayCatch(work: FileWork, fn: SyntaxNode, seen: ReadonlySet<SyntaxNode>): boolean {
  if (seen.has(fn)) return false;
  const calls = callsOf(work, fn);
  const known = new Set([...seen, fn]);
  return calls === null || calls.some((call) => siteMayCatch(work, call, fn.async === true, known));
}

function siteMayCatch(
  work: FileWork,
  call: SyntaxNode,
  isAsync: boolean,
  seen: ReadonlySet<SyntaxNode>,
): boolean {
  const up = work.parents.get(call);
  // A promise that nobody waits for ends the process as well.
  if (isAsync && up?.type === 'ExpressionStatement') return false;
  if (isAsync && up?.type !== 'AwaitExpression') return true;
  return mayBeCaught(work, call, seen);
}

/** Every call of a function, where it is only called and only in its file; null otherwise. */
function callsOf(work: FileWork, fn: SyntaxNode): SyntaxNode[] | null {
  const up = work.parents.get(fn);
  if (up?.type === 'CallExpression' && calleeOf(up) === fn) return argumentsOf(up).length > 0 ? null : [up];
  const home = up?.type === 'VariableDeclarator' ? work.parents.get(up) : fn;
  const named = fn.type === 'FunctionDeclaration' ? fn : home?.kind === 'const' ? up : undefined;
  const name = named === undefined ? null : child(named, 'id');
  const binding = name?.type === 'Identifier' ? work.bindings.bindingOf(name) : null;
  if (binding === null || home === undefined) return null;
  if (/^Export/.test(work.parents.get(home)?.type ?? '')) return null;
  const calls: SyntaxNode[] = [];
  for (const { node } of binding.references) {
    const call = work.parents.get(node);
    if (call?.type !== 'CallExpression' || calleeOf(call) !== node) return null;
    calls.push(call);
  }
  return calls;
}
