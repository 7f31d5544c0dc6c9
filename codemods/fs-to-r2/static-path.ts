import { posix } from 'node:path';
import type { Flow } from '../../src/workspace/syntax/flow/flow.ts';
import type { Value } from '../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, isIdentifier, unwrap } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';

/** The place in the repository that a path expression names wherever it runs, or null when that depends on the run. */
export function staticPath(flow: Flow, file: ParsedFile, given: SyntaxNode): string | null {
  const found = resolve(flow, file, given, 0);
  return found === null || found.startsWith('..') || posix.isAbsolute(found) ? null : found;
}

function resolve(flow: Flow, file: ParsedFile, given: SyntaxNode, depth: number): string | null {
  const node = unwrap(given);
  if (isIdentifier(node, '__dirname')) return posix.dirname(file.path);
  const values = [...(flow.cellOf(node)?.values ?? [])];
  const [only] = values;
  return values.length === 1 && only !== undefined && depth < 12 ? ofValue(flow, only, depth + 1) : null;
}

function ofValue(flow: Flow, value: Value, depth: number): string | null {
  if (value.kind === 'text') return value.text;
  if (value.kind !== 'external') return null;
  const steps = value.path.join('.');
  if (value.origin === 'global') return steps === 'process.cwd.()' ? '.' : null;
  const call = value.calls.at(-1);
  if (value.module !== 'path' || call === undefined || !/^(?:join|resolve|normalize)\.\(\)$/.test(steps))
    return null;
  const parts = argumentsOf(call.node).map((part) => resolve(flow, call.file, part, depth));
  return parts.includes(null) ? null : posix.normalize(posix.join(...parts.map((part) => part ?? '')));
}
