import { calleeOf, child, children, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { deleteStatement, removeItems } from '../../shared/edit/emit.ts';
import { importsOf, type PackageImport } from '../../shared/edit/imports-of.ts';
import { removeUnused } from '../../shared/edit/unused-imports.ts';
import { checkUploads, convertMulter } from '../bridge/replaced-packages.ts';
import { isNative } from '../native/decide.ts';
import { REPLACED_PACKAGES } from '../packages/_known.ts';
import { type Conversion, type FileWork, refuse, replace } from '../state/conversion.ts';
import { isMoved, staysInExpress } from '../state/worlds.ts';
import { importLines } from './write-imports.ts';

/** Takes imports away whose names are no longer used, and refuses what still uses them. */
export function removeImports(
  conversion: Conversion,
  work: FileWork,
  isGone: (node: SyntaxNode) => boolean,
): void {
  const gone = new Set<SyntaxNode>();
  for (const found of importsOf(work)) {
    if (
      !REPLACED_PACKAGES.has(found.module) ||
      (found.module === 'multer' && isNative(conversion, 'upload'))
    ) {
      if (found.module === 'multer') checkUploads(conversion, work, found);
      removeUnused(conversion, work, found, isGone);
      continue;
    }
    const kept = new Set<SyntaxNode>();
    let stays = false;
    for (const binding of found.bindings) {
      for (const { node, type } of binding.references) {
        if (isGone(node)) continue;
        const isTypeOnly = found.module === 'express' && type && conversion.worlds === null;
        if (!isTypeOnly && staysInExpress(conversion, work.file.path, node)) {
          stays = true;
          if (found.module === 'multer' && isMoved(conversion.worlds, work.file.path, node))
            convertMulter(conversion, work, node);
          continue;
        }
        // A type nothing else is known for stays what it is: types do not run.
        if ((found.module === 'express' || found.module === 'multer') && type) {
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
    if (stays) continue;
    const declarators = children(found.statement, 'declarations');
    if (declarators.length > 1) {
      if (isRequire(found)) gone.add(found.declarator);
      else refuse(conversion, work, found.declarator, 'imports', 'this import of Express has no rule');
      continue;
    }
    const own = found.module === 'express' ? importLines(work, 'hono') : null;
    if (kept.size > 0) {
      const lines = [...(own === null ? [] : [own]), keptTypes(work, found, kept)];
      if (own !== null) work.wanted.delete('hono');
      replace(conversion, work, found.statement, [lines.join(work.layout.newline)], 'imports');
    } else if (own === null) deleteStatement(conversion, work, found.statement, 'imports');
    else {
      work.wanted.delete('hono');
      replace(conversion, work, found.statement, [own], 'imports');
    }
  }
  removeDeclarators(conversion, work, gone);
}

/** `x = require('x')`, and not what is made of it at once. */
const isRequire = ({ declarator }: PackageImport): boolean =>
  isIdentifier(calleeOf(child(declarator, 'init') ?? declarator), 'require');

/** Takes single modules out of declarations that require several. */
function removeDeclarators(conversion: Conversion, work: FileWork, gone: ReadonlySet<SyntaxNode>): void {
  for (const statement of new Set([...gone].flatMap((each) => work.parents.get(each) ?? []))) {
    const all = children(statement, 'declarations');
    if (all.every((each) => gone.has(each))) deleteStatement(conversion, work, statement, 'imports');
    else removeItems(conversion, work, all, (each) => gone.has(each), 'imports');
  }
}

/** The types of a package that something still names. */
function keptTypes(
  work: FileWork,
  { statement, module }: PackageImport,
  kept: ReadonlySet<SyntaxNode>,
): string {
  const specifiers = children(statement, 'specifiers').filter((each) => {
    const local = child(each, 'local');
    return local !== null && kept.has(local);
  });
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier');
  const text = (node: SyntaxNode) => work.file.text.slice(node.start, node.end).replace(/^type /, '');
  const from = `from ${work.layout.string(module)}${work.layout.semicolon}`;
  return [
    ...whole.map((each) => `import type ${text(each)} ${from}`),
    ...(named.length > 0 ? [`import type { ${named.map(text).join(', ')} } ${from}`] : []),
  ].join(work.layout.newline);
}
