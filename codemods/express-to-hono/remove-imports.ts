import { child, children } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { type Conversion, type FileWork, refuse, replace } from './conversion.ts';
import { deleteStatement } from './emit.ts';
import { importsOf, type PackageImport } from './imports-of.ts';
import { staysExpress } from './kept-functions.ts';
import { convertMulter, REPLACED_PACKAGES } from './packages.ts';
import { importLines } from './write-imports.ts';

/** Takes imports away whose names are no longer used, and refuses what still uses them. */
export function removeImports(
  conversion: Conversion,
  work: FileWork,
  isGone: (node: SyntaxNode) => boolean,
): void {
  for (const found of importsOf(work)) {
    if (!REPLACED_PACKAGES.has(found.module)) {
      removeUnused(conversion, work, found, isGone);
      continue;
    }
    const kept = new Set<SyntaxNode>();
    for (const binding of found.bindings) {
      for (const { node, type } of binding.references) {
        if (isGone(node)) continue;
        if (found.module === 'express' && type && staysExpress(conversion, work, node)) {
          kept.add(binding.node);
          continue;
        }
        if (found.module === 'multer' && convertMulter(conversion, work, node)) continue;
        refuse(
          conversion,
          work,
          node,
          'imports',
          `this use of \`${binding.name}\` from \`${found.module}\` has no rule`,
        );
      }
    }
    const declarators = children(found.statement, 'declarations');
    if (declarators.length > 1) {
      refuse(conversion, work, found.statement, 'imports', 'several modules are required in one declaration');
      continue;
    }
    const own = found.module === 'express' ? importLines(work, 'hono') : null;
    if (kept.size > 0) {
      const lines = [...(own === null ? [] : [own]), keptTypes(work, found.statement, kept)];
      work.wanted.delete('hono');
      replace(conversion, work, found.statement, [lines.join(work.layout.newline)], 'imports');
    } else if (own === null) deleteStatement(conversion, work, found.statement, 'imports');
    else {
      work.wanted.delete('hono');
      replace(conversion, work, found.statement, [own], 'imports');
    }
  }
}

/** The types of Express that functions behind the bridge still name. */
function keptTypes(work: FileWork, statement: SyntaxNode, kept: ReadonlySet<SyntaxNode>): string {
  const specifiers = children(statement, 'specifiers').filter((each) => {
    const local = child(each, 'local');
    return local !== null && kept.has(local);
  });
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier');
  const text = (node: SyntaxNode) => work.file.text.slice(node.start, node.end).replace(/^type /, '');
  const from = `from ${work.layout.string('express')}${work.layout.semicolon}`;
  return [
    ...whole.map((each) => `import type ${text(each)} ${from}`),
    ...(named.length > 0 ? [`import type { ${named.map(text).join(', ')} } ${from}`] : []),
  ].join(work.layout.newline);
}

/** Names of another import that only dropped code used go with it. */
function removeUnused(
  conversion: Conversion,
  work: FileWork,
  found: PackageImport,
  isGone: (node: SyntaxNode) => boolean,
): void {
  const unused = found.bindings.filter(
    ({ references }) => references.length > 0 && references.every(({ node }) => isGone(node)),
  );
  if (unused.length === 0) return;
  if (unused.length === found.bindings.length && children(found.statement, 'declarations').length < 2) {
    deleteStatement(conversion, work, found.statement, 'imports/unused');
    return;
  }
  const pattern =
    found.statement.type === 'ImportDeclaration' ? found.statement : child(found.declarator, 'id');
  const items =
    pattern === null
      ? []
      : children(pattern, pattern.type === 'ImportDeclaration' ? 'specifiers' : 'properties');
  const names = new Set(unused.map(({ node }) => node));
  for (const [index, item] of items.entries()) {
    const local = child(item, 'local') ?? child(item, 'value');
    const next = items[index + 1];
    const previous = items[index - 1];
    if (local === null || !names.has(local) || !/^(ImportSpecifier|Property)$/.test(item.type)) continue;
    const start =
      next === undefined &&
      previous !== undefined &&
      !names.has(child(previous, 'local') ?? child(previous, 'value') ?? previous)
        ? previous.end
        : item.start;
    replace(conversion, work, { start, end: next?.start ?? item.end }, [''], 'imports/unused');
  }
}
