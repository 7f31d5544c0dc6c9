import { diffArrays } from 'diff';

/** Lines of a text from `start` to before `end`, from zero, that another text has otherwise. */
export interface Change {
  start: number;
  end: number;
  lines: readonly string[];
  /** Where that is in the other text, from zero. */
  at: number;
}

/** A text as lines, each with its line ending. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** What another text has otherwise than a base, in order. */
export function changesOf(base: string, other: string): Change[] {
  const changes: Change[] = [];
  let [at, otherAt] = [0, 0];
  let open: { start: number; end: number; lines: string[]; at: number } | null = null;
  for (const { added, removed, value } of diffArrays(linesOf(base), linesOf(other))) {
    if (!added && !removed) {
      if (open !== null) changes.push(open);
      open = null;
      at += value.length;
      otherAt += value.length;
      continue;
    }
    open ??= { start: at, end: at, lines: [], at: otherAt };
    if (added) {
      open.lines.push(...value);
      otherAt += value.length;
    } else {
      at += value.length;
      open.end = at;
    }
  }
  if (open !== null) changes.push(open);
  return changes;
}

/** The text that changes make of their base. */
export function withChanges(base: string, changes: readonly Change[]): string {
  const lines = linesOf(base);
  let [text, at] = ['', 0];
  for (const change of changes) {
    text += lines.slice(at, change.start).join('') + change.lines.join('');
    at = change.end;
  }
  return text + lines.slice(at).join('');
}

/**
 * Makes the changes of two sides to their common base.
 *
 * @returns the text, or those of `own` that touch what `theirs` has otherwise as well
 */
export function merge(
  base: string,
  own: readonly Change[],
  theirs: string,
): { text: string } | { conflicts: Change[] } {
  const other = changesOf(base, theirs);
  const conflicts = own.filter((change) =>
    other.some((each) => collide(change, each) && !isSame(change, each)),
  );
  if (conflicts.length > 0) return { conflicts };
  const rest = other.filter((each) => !own.some((change) => isSame(change, each)));
  // What is put in before a line comes before what takes the place of that line.
  const order = (a: Change, b: Change) => a.start - b.start || a.end - b.end;
  return { text: withChanges(base, [...own, ...rest].sort(order)) };
}

const isSame = (a: Change, b: Change): boolean =>
  a.start === b.start && a.end === b.end && a.lines.join('') === b.lines.join('');

/** Whether two changes are to the same lines, or put something in at the same place. */
function collide(a: Change, b: Change): boolean {
  const [isPut, isOtherPut] = [a.start === a.end, b.start === b.end];
  if (a.start === b.start && isPut === isOtherPut) return true;
  return a.start < b.end && b.start < a.end;
}
