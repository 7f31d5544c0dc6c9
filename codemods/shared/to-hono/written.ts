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

/**
 * What an expression is that is written with literals alone; undefined for any other.
 *
 * @param settle what stands for a part of it: the value of a constant, a number that is computed; null where that is not known
 */
export function literalValue(
  node: SyntaxNode,
  settle: (part: SyntaxNode) => SyntaxNode | number | null = unwrap,
): Written | undefined {
  const value = settle(node);
  if (value === null || typeof value === 'number') return value ?? undefined;
  const text = literalText(value);
  if (text !== null) return text;
  if (value.type === 'Literal') return isPlain(value.value) ? value.value : undefined;
  if (value.type === 'UnaryExpression' && value.operator === '-') {
    const argument = child(value, 'argument');
    const amount = argument === null ? undefined : literalValue(argument, settle);
    return typeof amount === 'number' ? -amount : undefined;
  }
  if (value.type === 'ArrayExpression') {
    const items = children(value, 'elements').map((each) => literalValue(each, settle));
    return items.every((each) => each !== undefined) ? items : undefined;
  }
  if (value.type !== 'ObjectExpression') return undefined;
  const found = new Map<string, Written>();
  for (const property of children(value, 'properties')) {
    const key = property.type === 'Property' ? propertyKeyName(property) : null;
    const inner = child(property, 'value');
    const written = inner === null ? undefined : literalValue(inner, settle);
    if (key === null || written === undefined) return undefined;
    found.set(key, written);
  }
  return found;
}

const isPlain = (value: unknown): value is number | boolean | null =>
  value === null || typeof value === 'boolean' || typeof value === 'number';
