import { VOLATILE_TEXT } from '../judging/values.ts';
import { readStack, type Stack, shownFrames } from '../sides/stack.ts';
import { type Found, found } from './found.ts';

/**
 * Text by segments: what looks like a generated value (date, id, token) is set apart, so that a page with a fresh CSRF
 * token differs in that token and not as a whole. When the fixed text differs, there is one difference with the place.
 */
export function compareText(old: string, next: string, path: string): Found[] {
  const [a, b] = [readStack(old), readStack(next)];
  if (a && b)
    return [...compareFrames(a, b, path), ...(a.head === b.head ? [] : compareText(a.head, b.head, path))];
  const before = old.split(VOLATILE_TEXT);
  const after = next.split(VOLATILE_TEXT);
  const fixed = (parts: string[]) => parts.filter((_, i) => i % 2 === 0).join('\u0000');
  if (before.length !== after.length || fixed(before) !== fixed(after)) {
    return [found('text', path, ...around(old, next))];
  }
  const out: Found[] = [];
  for (let i = 1; i < before.length; i += 2) {
    const [a, b] = [before[i], after[i]];
    if (a !== undefined && b !== undefined && a !== b)
      out.push(found('text', `${path}[${(i - 1) / 2}]`, a, b));
  }
  return out;
}

/** Frames of two stacks: one difference of their own kind, if any. */
export const compareFrames = (old: Stack, next: Stack, path: string): Found[] =>
  old.frames.join('\n') === next.frames.join('\n')
    ? []
    : [found('stack', path, shownFrames(old), shownFrames(next))];

/** The first place where two texts part, with a little of what stands before. */
export function around(old: string, next: string): [string, string] {
  let at = 0;
  while (at < old.length && at < next.length && old[at] === next[at]) at++;
  const from = Math.max(0, at - 24);
  const cut = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, at + 72)}${text.length > at + 72 ? '…' : ''}`;
  return [cut(old), cut(next)];
}
