import type { Location } from '../../model/location.ts';
import type { ExternalCall } from '../syntax/flow/flow.ts';
import { child } from '../syntax/nodes.ts';

/** Files one after the other, calls by where they end: a link of a chain comes after those before it. */
export function inOrder(calls: readonly ExternalCall[]): ExternalCall[] {
  const files = new Map<string, number>();
  for (const { file } of calls) if (!files.has(file.path)) files.set(file.path, files.size);
  return [...calls].sort(
    (a, b) => (files.get(a.file.path) ?? 0) - (files.get(b.file.path) ?? 0) || a.node.end - b.node.end,
  );
}

/** Where a link of a chain is written: the method's name for a chained call, else the start of the call. */
export function linkPlace({ file, node }: Pick<ExternalCall, 'file' | 'node'>): Location {
  const callee = child(node, 'callee');
  const [object, property] =
    callee === null ? [null, null] : [child(callee, 'object'), child(callee, 'property')];
  return file.locate(object?.type === 'CallExpression' && property !== null ? property.start : node.start);
}
