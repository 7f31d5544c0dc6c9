import { structuredPatch } from 'diff/lib/patch/create.js';
import type { FileChange } from '../model/changeset.ts';
import type { Io } from './io.ts';

const hunksOf = (file: FileChange, context: number) =>
  structuredPatch('', '', file.oldText ?? '', file.newText ?? '', '', '', { context }).hunks;

/** How many lines a change adds to a file and takes from it. */
export function changedLines(file: FileChange): { added: number; removed: number } {
  const lines = hunksOf(file, 0).flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  };
}

/** Prints the changed lines of a file with their numbers, at most `most`. @returns how many more there are */
export function printDiff(io: Io, file: FileChange, most: number): number {
  const { dim, green, red } = io.colors;
  const hunks = hunksOf(file, 1);
  const lineCount = Math.max(
    ...hunks.map((hunk) => Math.max(hunk.oldStart + hunk.oldLines, hunk.newStart + hunk.newLines)),
    0,
  );
  const width = Math.max(4, String(lineCount).length + 2);
  let printed = 0;
  let rest = 0;
  const line = (text: string) => {
    if (printed++ < most) io.line(text);
    else rest++;
  };
  for (const [index, hunk] of hunks.entries()) {
    if (index > 0) line(dim(`${' '.repeat(width)}  ⋯`));
    let [before, after] = [hunk.oldStart, hunk.newStart];
    for (const changed of hunk.lines) {
      const text = visible(changed.slice(1));
      if (changed.startsWith('-')) line(`${dim(String(before++).padStart(width))}  ${red(`- ${text}`)}`);
      else if (changed.startsWith('+'))
        line(`${dim(String(after++).padStart(width))}  ${green(`+ ${text}`)}`);
      else if (changed.startsWith('\\')) line(dim(`${' '.repeat(width)}  ${changed}`));
      else {
        line(dim(`${String(before++).padStart(width)}    ${text}`));
        after++;
      }
    }
  }
  return rest;
}

// A file's control characters must not reach the terminal as commands; a carriage return is the line's own ending.
const visible = (text: string): string =>
  text
    .replace(/\r$/, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (char) => JSON.stringify(char).slice(1, -1));
