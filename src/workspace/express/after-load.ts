import type { Flow } from '../syntax/flow/flow.ts';
import { children } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { enclosingFunction, firstAwait, parentsOf } from '../syntax/walk.ts';

/**
 * Why a place certainly runs only after the modules are loaded: it stands in a callback that is handed to code of others, or
 * behind an `await` of a function. Null where it does not, or where nothing that is known calls it.
 */
export function afterLoad(
  flow: Flow,
  file: ParsedFile,
  node: SyntaxNode,
  seen: readonly SyntaxNode[] = [],
): string | null {
  const around = enclosingFunction(file, node);
  if (around === null || seen.includes(around)) return null;
  if (firstAwait(around) < node.start) return 'it runs once something is awaited';
  const calls = flow.functionOf(around)?.calls ?? [];
  if (calls.length === 0) {
    const up = parentsOf(file).get(around);
    const isHanded = up?.type === 'CallExpression' && children(up, 'arguments').includes(around);
    return isHanded ? 'it stands in a callback' : null;
  }
  const found = calls.map((call) => afterLoad(flow, call.file, call.node, [...seen, around]));
  return found.every((each) => each !== null) ? (found[0] ?? null) : null;
}
