import { parseFile, SOURCE_FILE } from '../workspace/syntax/parse.ts';

/** A comment that accepts findings of rules at a line: `migrate-ignore rule-id until 2027-01-31: why`. */
export interface Acceptance {
  file: string;
  /** The line that it is about: its own, or the next one where it stands alone. */
  line: number;
  /** Where it stands itself. */
  at: number;
  rules: string[];
  /** An ISO date; null for one without an end. */
  until: string | null;
  /** Empty where none is given; it accepts nothing then. */
  reason: string;
}

const MARK = 'migrate-ignore';
const FORM =
  /^\s*\*?\s*migrate-ignore\s+([a-z0-9-]+(?:[\s,]+[a-z0-9-]+)*?)(?:\s+until\s+(\d{4}-\d{2}-\d{2}))?\s*(?::\s*(.*?))?\s*$/;

/** The comments of a file that accept findings. In files that are no source, lines that begin with `#` are comments. */
export function acceptancesIn(file: string, text: string): Acceptance[] {
  if (!text.includes(MARK)) return [];
  const lines = text.split(/\r\n|\r|\n/);
  return commentsOf(file, text, lines).flatMap(({ line, alone, text: said }) => {
    const [, rules, until, reason] = FORM.exec(said) ?? [];
    if (rules === undefined) return [];
    return {
      ...{ file, at: line, line: alone ? line + 1 : line, rules: rules.split(/[\s,]+/) },
      ...{ until: until ?? null, reason: reason ?? '' },
    };
  });
}

interface Comment {
  line: number;
  /** Nothing else stands on its line. */
  alone: boolean;
  text: string;
}

function commentsOf(file: string, text: string, lines: readonly string[]): Comment[] {
  if (!SOURCE_FILE.test(file))
    return lines.flatMap((line, index) =>
      line.trimStart().startsWith('#')
        ? [{ line: index + 1, alone: true, text: line.trimStart().slice(1) }]
        : [],
    );
  try {
    const parsed = parseFile(file, text);
    return parsed.comments.map((comment) => {
      const [start, end] = [parsed.locate(comment.start), parsed.locate(comment.end)];
      const before = (lines[start.line - 1] ?? '').slice(0, start.column - 1);
      const after = (lines[end.line - 1] ?? '').slice(end.column - 1);
      return { line: end.line, alone: before.trim() === '' && after.trim() === '', text: comment.text };
    });
  } catch {
    // What does not parse is told of by the inventory.
    return [];
  }
}
