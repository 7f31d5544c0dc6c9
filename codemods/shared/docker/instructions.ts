import type { Word } from '../../../src/workspace/command-line.ts';

/** One instruction of a Dockerfile, with its value as it is written, continuation lines included. */
export interface Instruction {
  keyword: string;
  value: string;
  /** Where the value begins. */
  at: number;
  /** Where the instruction begins, and ends without the end of its line. */
  start: number;
  end: number;
}

/** Instructions in order. Comments and the texts of heredocs are none. */
export function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  const lines = [...text.matchAll(/[^\n]*\n?/g)].map(({ 0: line, index }) => ({ line, start: index }));
  const endOf = (at: number) => (lines[at]?.start ?? 0) + (lines[at]?.line.trimEnd().length ?? 0);
  for (let at = 0; at < lines.length; at += 1) {
    const { line = '', start = 0 } = lines[at] ?? {};
    const head = /^\s*([A-Za-z]+)\s+/.exec(line);
    if (!head) continue;
    let last = at;
    while (/\\\s*$/.test(lines[last]?.line ?? '') && last + 1 < lines.length) last += 1;
    const value = text.slice(start + head[0].length, endOf(last));
    const heredoc = /<<-?["']?(\w+)["']?/.exec(value)?.[1];
    at = last;
    while (heredoc && at + 1 < lines.length && lines[at]?.line.trim() !== heredoc) at += 1;
    const keyword = (head[1] ?? '').toUpperCase();
    found.push({ keyword, value, at: start + head[0].length, start, end: endOf(at) });
  }
  return found;
}

/** Words between spaces, quotes and all. */
export const wordsOf = (value: string): Word[] =>
  [...value.matchAll(/\S+/g)].map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }));

/** The image a stage is made from, where it stands in the file, and the name the stage is given. */
export function stageOf({ value, at }: Instruction): { image: Word; name: string | null } | null {
  const all = wordsOf(value).map(({ text, start, end }) => ({ text, start: start + at, end: end + at }));
  const image = all.find((word) => !word.text.startsWith('--'));
  const as = all.findIndex(({ text }) => text.toLowerCase() === 'as');
  return image ? { image, name: as === -1 ? null : (all[as + 1]?.text.toLowerCase() ?? null) } : null;
}
