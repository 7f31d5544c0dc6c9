import type { Binding } from '../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../workspace/syntax/parse.ts';
import { parentsOf } from '../workspace/syntax/walk.ts';

/** The module a name was taken from, and the export: `default`, or null for the module as a whole. */
export interface Origin {
  specifier: string;
  member: string | null;
}

/** Where a name comes from: an import, `require('x')`, `require('x').y` or `const { y } = require('x')`; else null. */
export function originOf(file: ParsedFile, binding: Binding): Origin | null {
  const { declaration } = binding;
  if (binding.kind === 'import') {
    const statement = parentsOf(file).get(declaration) ?? declaration;
    const specifier = literalText(child(statement, 'source'));
    if (specifier === null) return null;
    if (declaration.type === 'ImportNamespaceSpecifier') return { specifier, member: null };
    if (declaration.type === 'ImportDefaultSpecifier') return { specifier, member: 'default' };
    const imported = child(declaration, 'imported');
    return { specifier, member: String(imported?.name ?? imported?.value ?? 'default') };
  }
  if (declaration.type !== 'VariableDeclarator') return null;
  let node: SyntaxNode | null = child(declaration, 'init');
  let member: string | null = null;
  for (node = node && unwrap(node); isMember(node); node = child(node, 'object')) member = memberName(node);
  const specifier = requiredModule(node);
  if (specifier === null) return null;
  const id = child(declaration, 'id');
  if (id?.type !== 'ObjectPattern') return { specifier, member };
  const property = children(id, 'properties').find((each) => child(each, 'value') === binding.node);
  return property ? { specifier, member: propertyKeyName(property) } : null;
}

/** The specifier of `require('x')` and `await import('x')`. */
function requiredModule(node: SyntaxNode | null): string | null {
  const inner = node?.type === 'AwaitExpression' ? child(node, 'argument') : node;
  if (inner?.type === 'ImportExpression') return literalText(child(inner, 'source'));
  return isCall(inner) && isIdentifier(calleeOf(inner), 'require')
    ? literalText(argumentsOf(inner)[0])
    : null;
}

/** The name a chain of members and calls starts at: `z` of `z.object({}).strict()`. */
export function rootIdentifier(expression: SyntaxNode | null): SyntaxNode | null {
  let node = expression && unwrap(expression);
  while (node && !isIdentifier(node)) {
    const next = isMember(node) ? child(node, 'object') : isCall(node) ? calleeOf(node) : null;
    node = next && unwrap(next);
  }
  return node;
}
