import { child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from './draft.ts';
import { deleteStatement, removeItems, rewriteList } from './emit.ts';
import type { PackageImport } from './imports-of.ts';
import { type Editing, type FileWork, replace, textOf } from './work.ts';

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
    return local !== null && names.has(local) && /^(Import\w*Specifier|Property)$/.test(item.type);
  };
  if (items.length > 1 && items.some(({ type }) => type === 'ImportDefaultSpecifier')) {
    rewriteClause(editing, work, items, isUnused);
    return;
  }
  if (tidy && rewriteList(editing, work, items, isUnused, 'imports/unused')) return;
  removeItems(editing, work, items, isUnused, 'imports/unused');
}

/** `import a, { b } from …` with the names that are left: a name and a list are separated otherwise than two names. */
function rewriteClause(
  editing: Editing,
  work: FileWork,
  items: readonly SyntaxNode[],
  isGone: (item: SyntaxNode) => boolean,
): void {
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return;
  const isNamed = ({ type }: SyntaxNode) => type === 'ImportSpecifier';
  const kept = items.filter((item) => !isGone(item));
  const named = kept.filter(isNamed).map((item) => textOf(work, item));
  const clause = [
    ...kept.filter((item) => !isNamed(item)).map((item) => textOf(work, item)),
    ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : []),
  ];
  const end = isNamed(last) ? work.file.text.indexOf('}', last.end) + 1 : last.end;
  replace(editing, work, range(first, first.start, end), [clause.join(', ')], 'imports/unused');
}
