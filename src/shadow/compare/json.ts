import { isLosslessNumber, stringify } from 'lossless-json';
import { isNumber } from '../exact-json.ts';
import { readStack, readStackLines, type Stack } from '../sides/stack.ts';
import { type Found, found } from './found.ts';
import { compareFrames } from './text.ts';

/** More differences than this in one body say no more: the rest is left out. */
const MAX_DIFFERENCES = 200;

/**
 * Differences of two parsed JSON values (by `parseExact`), typed and with paths. Order of object keys has
 * no meaning (RFC 8259 §1); order of array items has, and two arrays with the same items in another order give one
 * `json-reorder`.
 *
 * @param path where the value stands, e.g. `body` or `stream[2].data`
 */
export function compareJson(old: unknown, next: unknown, path: string): Found[] {
  const out: Found[] = [];
  walk(old, next, path, out);
  return out;
}

function walk(old: unknown, next: unknown, path: string, out: Found[]): void {
  if (out.length >= MAX_DIFFERENCES) return;
  const before = typeName(old);
  const after = typeName(next);
  if (before !== after) {
    out.push(found('json-type', path, `${before} ${print(old)}`, `${after} ${print(next)}`));
  } else if (Array.isArray(old) && Array.isArray(next)) {
    walkArray(old, next, path, out);
  } else if (before === 'object') {
    walkObject(old as Record<string, unknown>, next as Record<string, unknown>, path, out);
  } else if (old !== next && print(old) !== print(next)) {
    const stacks =
      typeof old === 'string' && typeof next === 'string' ? [readStack(old), readStack(next)] : [];
    if (!walkStacks(stacks, path, out)) out.push(found('json-value', path, scalar(old), scalar(next)));
  }
}

/** Two stacks: frames on their own, type and message as the value. False where one of the two is none. */
function walkStacks([old, next]: readonly (Stack | null)[], path: string, out: Found[]): boolean {
  if (!old || !next) return false;
  out.push(...compareFrames(old, next, path));
  if (old.head !== next.head) out.push(found('json-value', path, old.head, next.head));
  return true;
}

function walkObject(
  old: Record<string, unknown>,
  next: Record<string, unknown>,
  path: string,
  out: Found[],
): void {
  for (const key of Object.keys(old)) {
    const at = `${path}.${key}`;
    if (Object.hasOwn(next, key)) walk(old[key], next[key], at, out);
    else out.push(found('json-missing', at, print(old[key]), null));
  }
  for (const key of Object.keys(next)) {
    if (!Object.hasOwn(old, key)) out.push(found('json-added', `${path}.${key}`, null, print(next[key])));
  }
}

function walkArray(old: unknown[], next: unknown[], path: string, out: Found[]): void {
  if (walkStacks([readStackLines(old), readStackLines(next)], path, out)) return;
  const common = Math.min(old.length, next.length);
  const within: Found[] = [];
  for (let i = 0; i < common; i++) walk(old[i], next[i], `${path}[${i}]`, within);
  // Only what differs can be the same items in another order.
  if (within.length > 0 && old.length === next.length && old.length > 1) {
    if (sorted(old.map(canonical)) === sorted(next.map(canonical))) {
      out.push(found('json-reorder', path, print(old), print(next)));
      return;
    }
  }
  out.push(...within.slice(0, Math.max(0, MAX_DIFFERENCES - out.length)));
  for (let i = common; i < old.length; i++)
    out.push(found('json-missing', `${path}[${i}]`, print(old[i]), null));
  for (let i = common; i < next.length; i++)
    out.push(found('json-added', `${path}[${i}]`, null, print(next[i])));
}

const sorted = (items: string[]): string => [...items].sort().join('\u0000');

/** JSON text with object keys in one order: equal texts mean equal values. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object' && !isLosslessNumber(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return print(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isNumber(value)) return 'number';
  return typeof value;
}

const print = (value: unknown): string =>
  isLosslessNumber(value) ? value.toString() : (stringify(value) ?? 'undefined');
const scalar = (value: unknown): string => (typeof value === 'string' ? value : print(value));
