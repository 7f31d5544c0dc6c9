import type { ParsedFile, SyntaxNode } from './parse.ts';

/** The part of a file in which some names or literals stand. What lies outside it cannot say anything of them. */
export interface Part {
  /** Whether a name was looked for: of others the part does not hold every use. */
  knows(name: string): boolean;
  /** Whether one of them stands inside a node. */
  holds(node: SyntaxNode): boolean;
}

const WHOLE: Part = { knows: () => true, holds: () => true };

/** A name or literal with one of these may read otherwise than it is written. */
const ESCAPE = /\\[ux\d\n\r\u2028\u2029]/;

/**
 * The part of a file that holds some names, or places found by a pattern. A superset: words in comments and longer
 * literals count. The whole file where escapes may hide a name.
 *
 * @param literals where to look besides names; with the flag `g`
 */
export function partWith(file: ParsedFile, names: ReadonlySet<string>, literals: RegExp): Part {
  if (ESCAPE.test(file.text)) return WHOLE;
  const words = new RegExp(
    `(?<![\\w$])(?:${[...names].map((name) => name.replaceAll('$', '\\$')).join('|')})(?![\\w$])`,
    'g',
  );
  const offsets = [words, literals].flatMap((each) =>
    Array.from(file.text.matchAll(each), ({ index }) => index),
  );
  offsets.sort((a, b) => a - b);
  return {
    knows: (name) => names.has(name),
    holds({ start, end }) {
      let low = 0;
      let high = offsets.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((offsets[middle] ?? 0) < start) low = middle + 1;
        else high = middle;
      }
      return (offsets[low] ?? Number.POSITIVE_INFINITY) < end;
    },
  };
}
