import type { RouterValue } from '../../../src/workspace/express/program.ts';
import { children, isIdentifier, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { atEnd } from '../../shared/edit/draft.ts';
import type { FileWork } from '../state/conversion.ts';
import { homeOf } from '../worlds/elements.ts';
import { exportsOf } from '../worlds/places/exports-of.ts';
import { readTarget, statementIn } from '../worlds/targets.ts';

/**
 * The name under which a file exports a value that a declaration or an export is all of: `default` also for
 * `module.exports = app`; null where it does not.
 */
export function exportedName(work: FileWork, value: SyntaxNode): string | null {
  const statement = statementIn(work, value, work.file.program);
  if (statement?.type === 'ExportDefaultDeclaration' && statement.declaration === value) return 'default';
  const target = statement === null ? null : readTarget(work, statement);
  if (target === null || unwrap(target.value) !== unwrap(value)) return null;
  const names = exportsOf(target).map(({ name }) => (name === 'module' ? 'default' : name));
  return names.includes('default') ? 'default' : (names[0] ?? null);
}

/**
 * Exports an application that is a constant of a module which exports nothing that could be in the way: an entry for
 * Workers imports it.
 *
 * @returns its name; null where it stays inside
 */
export function exportApp(work: FileWork, app: RouterValue): string | null {
  const { file, layout, draft } = work;
  const home = homeOf(work, app);
  const last = children(file.program, 'body').at(-1);
  if (home === null || home.block !== file.program || last === undefined) return null;
  const name = String(home.name.name);
  const isModule = file.typescript || file.module === 'esm';
  const isTaken = isModule
    ? findAll(file.program, 'TSExportAssignment').length > 0
    : findAll(file.program, 'Identifier').some((node) => isIdentifier(node, 'exports'));
  if (isTaken) return null;
  const line = isModule ? `export { ${name} }` : `exports.${name} = ${name}`;
  draft.insert(atEnd(last), `${layout.newline}${layout.newline}${line}${layout.semicolon}`, 'workers/export');
  return name;
}
