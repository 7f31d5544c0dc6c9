import type { Location } from '../../../src/model/location.ts';

/** Where a word first stands in the text of a file; its start where it stands nowhere. */
export function placeIn(text: string, word: string, file: string): Location {
  const before = text.slice(0, Math.max(0, text.indexOf(word))).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
