import { child, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type FileWork, withCasts } from '../state/conversion.ts';

/** Another name that a function gives to a value of Express: `const authReq = req as AuthRequest`. */
export interface Renamed {
  /** The whole declaration, which says nothing else. */
  statement: SyntaxNode;
  /** Where the name is used as a value. */
  references: SyntaxNode[];
}

/**
 * The name that a use of a request or response is kept under, where it is a constant of a declaration of its own:
 * what is said of that name is said of the value. Null for everything else.
 */
export function renamedBy(work: FileWork, use: SyntaxNode): Renamed | null {
  const { parents, bindings } = work;
  const { value, up } = withCasts(work, use);
  if (up?.type !== 'VariableDeclarator' || child(up, 'init') !== value) return null;
  const id = child(up, 'id');
  const statement = parents.get(up);
  if (!isIdentifier(id) || statement?.type !== 'VariableDeclaration') return null;
  const block = parents.get(statement)?.type;
  if (block !== 'BlockStatement' || (statement.declarations as unknown[]).length !== 1) return null;
  const binding = bindings.bindingOf(id);
  if (binding === null || bindings.isDynamic(id)) return null;
  // `typeof authReq` in a type would name nothing any more.
  if (binding.references.some(({ node, type, write }) => type || (write && node !== id))) return null;
  return { statement, references: binding.references.map(({ node }) => node).filter((node) => node !== id) };
}

/** The statement of a block that names a value and does nothing with it: `void next;`, `next;`. Null for everything else. */
export function idleNaming(work: FileWork, use: SyntaxNode): SyntaxNode | null {
  const { value, up } = withCasts(work, use);
  const named = up?.type === 'UnaryExpression' && up.operator === 'void' ? up : value;
  const statement = work.parents.get(named);
  const isStatement = statement?.type === 'ExpressionStatement' && child(statement, 'expression') === named;
  return isStatement && work.parents.get(statement)?.type === 'BlockStatement' ? statement : null;
}
