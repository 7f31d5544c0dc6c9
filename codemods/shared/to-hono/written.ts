import {
  child,
  children,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';

/** A value that is written out, objects by their keys; undefined for any other expression. */
export type Written = string | number | boolean | null | readonly Written[] | ReadonlyMap<string, Written>;

/** An option that nobody compared. */
export class Unknown extends Error {}

/** What an expression is that is written with literals alone; undefined for any other. */
export function literalValue(node: SyntaxNode): Written | undefined {
  const value = unwrap(node);
  const text = literalText(value);
  if (text !== null) return text;
  if (value.type === 'Literal') return isPlain(value.value) ? value.value : undefined;
  if (value.type === 'ArrayExpression') {
    const items = children(value, 'elements').map(literalValue);
    return items.every((each) => each !== undefined) ? items : undefined;
  }
  if (value.type !== 'ObjectExpression') return undefined;
  const found = new Map<string, Written>();
  for (const property of children(value, 'properties')) {
    const key = property.type === 'Property' ? propertyKeyName(property) : null;
    const inner = child(property, 'value');
    const written = inner === null ? undefined : literalValue(inner);
    if (key === null || written === undefined) return undefined;
    found.set(key, written);
  }
  return found;
}

const isPlain = (value: unknown): value is number | boolean | null =>
  value === null || typeof value === 'boolean' || typeof value === 'number';
