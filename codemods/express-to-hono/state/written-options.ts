import {
  child,
  children,
  isIdentifier,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { constantIn } from './constants.ts';
import { type FileWork, textOf } from './conversion.ts';

/** The options of a call by name, where they are written out; empty where there are none, null where they are not known. */
export function writtenOptions(node: SyntaxNode | undefined): Map<string, SyntaxNode> | null {
  const found = new Map<string, SyntaxNode>();
  if (node === undefined) return found;
  const object = unwrap(node);
  if (object.type !== 'ObjectExpression') return null;
  for (const property of children(object, 'properties')) {
    const key = property.type === 'Property' && property.method !== true ? propertyKeyName(property) : null;
    const value = child(property, 'value');
    if (key === null || value === null) return null;
    found.set(key, unwrap(value));
  }
  return found;
}

/** What a number written out comes to: `7 * 24`, or a constant of it; null for any other value. */
export function numberOf(work: FileWork, node: SyntaxNode): number | null {
  const inner = unwrap(node);
  if (typeof inner.value === 'number') return inner.value;
  if (isIdentifier(inner)) {
    const made = constantIn(work, inner);
    return made === null ? null : numberOf(work, made);
  }
  const negated =
    inner.type === 'UnaryExpression' && inner.operator === '-' ? child(inner, 'argument') : null;
  const amount = negated === null ? null : numberOf(work, negated);
  if (amount !== null) return -amount;
  const [left, right] = [child(inner, 'left'), child(inner, 'right')];
  if (inner.type !== 'BinaryExpression' || left === null || right === null) return null;
  const [a, b] = [numberOf(work, left), numberOf(work, right)];
  if (a === null || b === null) return null;
  const results: Record<string, number> = { '*': a * b, '+': a + b, '-': a - b, '/': a / b };
  return results[String(inner.operator)] ?? null;
}

const BYTES: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number of bytes, as a number or as `'64kb'`; null for any other value. */
export function bytesOf(work: FileWork, value: SyntaxNode): number | null {
  const number = numberOf(work, value);
  if (number !== null) return number;
  const [, amount = '', unit = 'b'] = /^(\d+)\s*(b|kb|mb|gb)?$/i.exec(literalText(value) ?? '') ?? [];
  return amount === '' ? null : Number(amount) * (BYTES[unit.toLowerCase()] ?? 1);
}

/** A number of bytes as it is written, `'64kb'` as a number; null for any other value. */
export function bytesIn(work: FileWork, value: SyntaxNode): string | null {
  if (numberOf(work, value) !== null) return textOf(work, value);
  const bytes = bytesOf(work, value);
  if (bytes === null) return null;
  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024} * 1024` : String(bytes);
}

const SECOND = 1000;
const TIMES: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: SECOND, m: 60 * SECOND, h: 3600 * SECOND, d: 86_400 * SECOND },
  ...{ w: 7 * 86_400 * SECOND, y: 365.25 * 86_400 * SECOND },
};

/** A number of milliseconds, as a number or as `'5m'` or `'1 day'`; null for any other value. */
export function timeOf(work: FileWork, value: SyntaxNode): number | null {
  const number = numberOf(work, value);
  if (number !== null) return number;
  const text = literalText(value) ?? '';
  const pattern =
    /^(\d+)\s*(ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|years?)?$/i;
  const [, amount = '', unit = 'ms'] = pattern.exec(text) ?? [];
  const time = TIMES[/^ms$/i.test(unit) ? 'ms' : (unit[0]?.toLowerCase() ?? 'ms')];
  return amount === '' || time === undefined ? null : Number(amount) * time;
}
