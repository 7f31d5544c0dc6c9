import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { child, children, literalText } from '../../../src/workspace/syntax/nodes.ts';

/** A module with those that hand on all it exports by name, through any number of them: `export * from './guard'`. */
export function withBarrels(modules: Modules, path: string): Set<string> {
  const found = new Set([path]);
  for (const each of found)
    for (const importer of modules.importersOf(each))
      if (handedOn(modules, importer, /^ExportAll/).has(each)) found.add(importer);
  return found;
}

/** A module with those of which it hands on something as its own: `export { guard } from './guard'`. */
export function withHandedOn(modules: Modules, path: string): Set<string> {
  const found = new Set([path]);
  for (const each of found)
    for (const target of handedOn(modules, each, /^Export(All|Named)/)) found.add(target);
  return found;
}

/** The modules that the statements of a kind name. `export * as guards` makes an object of one. */
function handedOn(modules: Modules, from: string, kind: RegExp): Set<string> {
  const file = modules.file(from);
  const found = new Set<string>();
  for (const statement of file === null ? [] : children(file.program, 'body')) {
    if (!kind.test(statement.type)) continue;
    if (statement.type === 'ExportAllDeclaration' && child(statement, 'exported') !== null) continue;
    const source = literalText(child(statement, 'source'));
    const resolved = source === null ? null : modules.resolve(from, source);
    if (resolved?.kind === 'file') found.add(resolved.path);
  }
  return found;
}
