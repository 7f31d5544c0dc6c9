import type { Flow } from './flow/flow.ts';
import type { ParsedFile, SyntaxNode } from './parse.ts';

/** A call of a package, builtin or global that a function may make. */
export interface ReachedCall {
  /** `fs`, `child_process`, without `node:`. */
  module: string;
  /** `promises.readFile`; empty for the module itself. */
  member: string;
  file: ParsedFile;
  node: SyntaxNode;
}

/**
 * The calls of what is not of the repository that functions may make: those written in them, callbacks included, and those
 * of the functions they call, in whatever file.
 */
export function callsReached(
  flow: Flow,
  functions: Iterable<{ file: ParsedFile; node: SyntaxNode }>,
): ReachedCall[] {
  const byFile = new Map<ParsedFile, (typeof flow.calls)[number][]>();
  for (const call of flow.calls) byFile.set(call.file, [...(byFile.get(call.file) ?? []), call]);
  const waiting = [...functions];
  const entered = new Set<SyntaxNode>();
  const found: ReachedCall[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { file, node } = next;
    if (entered.has(node)) continue;
    entered.add(node);
    for (const call of byFile.get(file) ?? []) {
      if (call.node.start < node.start || node.end < call.node.end) continue;
      for (const value of call.callee.values) {
        if (value.kind === 'function') waiting.push(value);
        else if (value.kind === 'class' && value.constructorFunction) waiting.push(value.constructorFunction);
        else if (value.kind === 'external') {
          const names = value.path.filter((name) => name !== 'default');
          // What a call returned is the business of the call that made it.
          if (names.includes('()')) continue;
          const module = value.module.replace(/^node:/, '');
          found.push({ module, member: names.join('.'), file, node: call.node });
        }
      }
    }
  }
  return found;
}
