import type { Modules } from '../workspace/syntax/modules.ts';

/** Files and everything they import, directly or through others. */
export function closure(modules: Modules, from: readonly string[]): Set<string> {
  const reached = new Set(from.filter((path) => modules.text(path) !== null));
  for (const path of reached) for (const next of modules.importsOf(path)) reached.add(next);
  return reached;
}
