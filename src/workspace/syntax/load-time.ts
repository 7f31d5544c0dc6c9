import type { Flow } from './flow/flow.ts';
import type { ExternalValue } from './flow/values.ts';
import { isFunction } from './nodes.ts';
import type { ParsedFile, SyntaxNode } from './parse.ts';
import { parentsOf } from './walk.ts';

/** A call of a package, builtin or global that runs while the modules load. */
export interface LoadTimeCall {
  origin: ExternalValue['origin'];
  /** `fs`, `pg`, `Math`. */
  module: string;
  /** `promises.readFile`, `Pool`; null for the module itself. */
  member: string | null;
  file: ParsedFile;
  node: SyntaxNode;
}

/**
 * The calls that run before the first request: those outside every function, and those of functions that such a call
 * reaches. A function that is only handed on (a handler, a callback) is not followed.
 *
 * @param isWanted whether a file belongs to what is loaded
 */
export function loadTimeCalls(flow: Flow, isWanted: (path: string) => boolean): LoadTimeCall[] {
  const byFunction = new Map<SyntaxNode, number[]>();
  const waiting: number[] = [];
  for (const [index, { file, node }] of flow.calls.entries()) {
    const owner = runsIn(file, node);
    if (owner === 'load') {
      if (isWanted(file.path)) waiting.push(index);
    } else if (owner !== 'instance') {
      const list = byFunction.get(owner);
      if (list) list.push(index);
      else byFunction.set(owner, [index]);
    }
  }
  const found: LoadTimeCall[] = [];
  const entered = new Set<SyntaxNode>();
  const enter = (fn: SyntaxNode): void => {
    if (entered.has(fn)) return;
    entered.add(fn);
    waiting.push(...(byFunction.get(fn) ?? []));
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const call = flow.calls[next];
    for (const value of call?.callee.values ?? []) {
      if (value.kind === 'function') enter(value.node);
      else if (value.kind === 'class' && value.constructorFunction) enter(value.constructorFunction.node);
      else if (value.kind === 'external' && call !== undefined) {
        const { origin, module, path } = value;
        const names = path.filter((name) => name !== 'default');
        // What a call returned is the business of the call that made it.
        if (names.includes('()')) continue;
        const member = names.length > 0 ? names.join('.') : null;
        found.push({
          origin,
          module: module.replace(/^node:/, ''),
          member,
          file: call.file,
          node: call.node,
        });
      }
    }
  }
  return found.sort((a, b) => order(a.file.path, b.file.path) || a.node.start - b.node.start);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The function a call is written in; `load` outside every one; `instance` where a field of each new object is set. */
function runsIn(file: ParsedFile, node: SyntaxNode): SyntaxNode | 'load' | 'instance' {
  const parents = parentsOf(file);
  for (let up = parents.get(node); up !== undefined; up = parents.get(up)) {
    if (isFunction(up)) return up;
    if (up.type === 'PropertyDefinition' && up.static !== true) return 'instance';
  }
  return 'load';
}
