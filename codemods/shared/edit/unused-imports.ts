import { child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { deleteStatement, removeItems, rewriteList } from './emit.ts';
import type { PackageImport } from './imports-of.ts';
import type { Editing, FileWork } from './work.ts';

/** Names of another import that only dropped code used go with it. `tidy`: what is left goes on one line if it fits. */
export function removeUnused(
  editing: Editing,
  work: FileWork,
  found: PackageImport,
  isGone: (node: SyntaxNode) => boolean,
  tidy = false,
): void {
  const unused = found.bindings.filter(
    ({ references }) => references.length > 0 && references.every(({ node }) => isGone(node)),
  );
  if (unused.length === 0) return;
  if (unused.length === found.bindings.length && children(found.statement, 'declarations').length < 2) {
    deleteStatement(editing, work, found.statement, 'imports/unused');
    return;
  }
  const pattern =
    found.statement.type === 'ImportDeclaration' ? found.statement : child(found.declarator, 'id');
  const items =
    pattern === null
      ? []
      : children(pattern, pattern.type === 'ImportDeclaration' ? 'specifiers' : 'properties');
  const names = new Set(unused.map(({ node }) => node));
  const isUnused = (item: SyntaxNode) => {
    const local = child(item, 'local') ?? child(item, 'value');
    return local !== null && names.has(local) && /^(ImportSpecifier|Property)$/.test(item.type);
  };
  if (tidy && rewriteList(editing, work, items, isUnused, 'imports/unused')) return;
  removeItems(editing, work, items, isUnused, 'imports/unused');
}
