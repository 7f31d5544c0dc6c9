import type { VariableDeclaration } from 'jscodeshift';
import type { Loading } from './loadings.ts';
import { spanOf } from './source.ts';
import type { Work } from './work.ts';

/** Takes a declaration out, with its line or out of its list. Gives the reason where it cannot be, and changes nothing then. */
export function removeLoading(work: Work, { alone, statement, replaced }: Loading): string | null {
  if (alone) {
    // Without its semicolon the statements on both sides of it could become one.
    const { start, end } = spanOf(statement);
    const isJoined = /^\s*[([`+\-/*]/.test(work.text.slice(end)) && !/^\s*\/[/*]/.test(work.text.slice(end));
    if (isJoined && !/[;{}]\s*$|^\s*$/.test(work.text.slice(0, start)))
      return 'what stands below it would be read as a part of what stands above';
    work.remove(statement, 'declaration');
    return null;
  }
  const list = (statement as VariableDeclaration).declarations ?? [];
  const at = list.indexOf(replaced as (typeof list)[number]);
  const [previous, next] = [list[at - 1], list[at + 1]];
  const own = spanOf(replaced);
  if (previous === undefined && next === undefined)
    return 'its declaration stands where none can be taken out';
  const span =
    previous === undefined && next !== undefined
      ? { start: own.start, end: spanOf(next).start }
      : { start: spanOf(previous ?? replaced).end, end: own.end };
  const between = work.text.slice(span.start, own.start) + work.text.slice(own.end, span.end);
  if (/[^\s,]/.test(between)) return 'a comment stands between it and its neighbours';
  work.edits.push({ span, text: '', rule: 'declaration' });
  return null;
}
