import { unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../state/conversion.ts';
import { exportsOf } from '../worlds/named-places.ts';
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
