import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import {
  child,
  children,
  isCall,
  isModuleExports,
  literalText,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { requiredModule } from '../../shared/edit/imports-of.ts';

/**
 * A module with those that hand on all it exports by name, through any number of them: `export * from './guard'`,
 * `module.exports = require('./guard')`.
 */
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
    const isObject = statement.type === 'ExportAllDeclaration' && child(statement, 'exported') !== null;
    const named = kind.test(statement.type) && !isObject ? literalText(child(statement, 'source')) : null;
    const source = named ?? wholeModule(statement);
    const resolved = source === null ? null : modules.resolve(from, source);
    if (resolved?.kind === 'file') found.add(resolved.path);
  }
  return found;
}

/** `./guard` of `module.exports = require('./guard');`. */
function wholeModule(statement: SyntaxNode): string | null {
  const assignment = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
  const left = assignment?.type === 'AssignmentExpression' ? child(assignment, 'left') : null;
  const right = assignment === null ? null : child(assignment, 'right');
  return isModuleExports(left) && isCall(right) ? requiredModule(right) : null;
}
