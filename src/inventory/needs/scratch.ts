import type { Binding } from '../../workspace/syntax/bindings.ts';
import { child } from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { enclosingFunction, findAll, parentsOf } from '../../workspace/syntax/walk.ts';

/**
 * Whether a variable of a module only carries a value from one line of a function to a later one: wherever it is read, the
 * same call has set it before, on every way there, and nothing was waited for in between. What another call left in it is
 * never seen.
 */
export function isScratch(
  file: ParsedFile,
  binding: Binding,
  changes: readonly { held: SyntaxNode | null }[],
): boolean {
  if (binding.kind !== 'let' && binding.kind !== 'var') return false;
  if (changes.some(({ held }) => held !== null)) return false;
  const parents = parentsOf(file);
  // `export let` is read elsewhere.
  const statement = parents.get(binding.declaration);
  if (statement && parents.get(statement)?.type === 'ExportNamedDeclaration') return false;
  const writes = binding.references.filter(({ write }) => write).map(({ node }) => node);
  return binding.references.every(
    ({ node, write }) =>
      isTarget(parents.get(node), node) ||
      (!write && writes.some((target) => isSetBefore(file, target, node))),
  );
}

/** `name = …` as a statement's own assignment, or the declaration: no part of the old value is read. */
const isTarget = (up: SyntaxNode | undefined, name: SyntaxNode): boolean =>
  (up?.type === 'AssignmentExpression' && up.operator === '=' && child(up, 'left') === name) ||
  (up?.type === 'VariableDeclarator' && child(up, 'id') === name);

/** Whether a call that reads a name has run an assignment to it before, whatever way it took. */
function isSetBefore(file: ParsedFile, target: SyntaxNode, read: SyntaxNode): boolean {
  const parents = parentsOf(file);
  const assignment = parents.get(target);
  const statement = assignment && parents.get(assignment);
  const block = statement && parents.get(statement);
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return false;
  if (statement?.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement') return false;
  const own = enclosingFunction(file, target);
  if (own === null || own !== enclosingFunction(file, read)) return false;
  if (!(statement.end <= read.start && block.start <= read.start && read.end <= block.end)) return false;
  return !['AwaitExpression', 'YieldExpression', 'ForOfStatement'].some((type) =>
    findAll(own, type).some(
      (wait) =>
        enclosingFunction(file, wait) === own &&
        (type !== 'ForOfStatement' || wait.await === true) &&
        statement.end <= wait.start &&
        (wait.end <= read.start || (type === 'ForOfStatement' && wait.start < read.start)),
    ),
  );
}
