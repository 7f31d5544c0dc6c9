import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import { child, isFunction, isIdentifier, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from './conversion.ts';

/**
 * The expression whose value a name has wherever it is read: that of a `const`, or of a `let` or `var` that nothing writes
 * again. Null for any other name. A `var` has no value before its declaration has run, so it counts only in the statements
 * that follow it in its own function.
 */
export function constantIn(work: FileWork, identifier: SyntaxNode): SyntaxNode | null {
  const binding = work.bindings.bindingOf(identifier);
  const declared = binding?.declaration;
  if (binding === null || declared?.type !== 'VariableDeclarator') return null;
  const made = child(declared, 'id') === binding.node ? child(declared, 'init') : null;
  if (made === null || binding.kind === 'const') return made;
  if (!isSetOnce(binding) || work.bindings.isDynamic(identifier)) return null;
  return binding.kind === 'let' || hasRun(work, binding, identifier) ? made : null;
}

/** A constant, or a variable that is given its value where it is declared and never another one. */
export const isSetOnce = ({ kind, declarations, references }: Binding): boolean =>
  kind === 'const' ||
  (/^(let|var)$/.test(kind) && declarations.length === 1 && !references.some(({ write }) => write));

/** What a name of the file always holds, or the expression itself. */
export function constantOf(work: FileWork, node: SyntaxNode): SyntaxNode {
  const inner = unwrap(node);
  const made = isIdentifier(inner) ? constantIn(work, inner) : null;
  return made === null ? inner : constantOf(work, made);
}

/** Whether the declaration of a `var` has run where it is read. */
function hasRun(work: FileWork, { declaration, scope }: Binding, identifier: SyntaxNode): boolean {
  const statement = work.parents.get(declaration);
  const block = statement && work.parents.get(statement);
  const body = child(scope.node, 'body') ?? scope.node;
  const isAlways = block === body || (block?.type === 'Program' && scope.kind === 'module');
  if (!isAlways || identifier.start < declaration.end) return false;
  for (let at = work.parents.get(identifier); at !== undefined; at = work.parents.get(at)) {
    if (at === scope.node) return true;
    if (isFunction(at)) return false;
  }
  return scope.kind === 'module';
}
