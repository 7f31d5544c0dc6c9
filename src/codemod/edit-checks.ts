import type { Edit, FileChange } from '../model/changeset.ts';
import type { Span } from '../model/location.ts';
import { children } from '../workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, SOURCE_FILE } from '../workspace/syntax/parse.ts';
import { walk } from '../workspace/syntax/walk.ts';
import { parseProblem } from './gate.ts';

/** Edits that do not make sense by themselves, and the rules that asked for them. */
export interface EditFault {
  /** `file:line:column` of the first edit. */
  at: string;
  rules: string[];
  message: string;
}

/**
 * Each statement's edits alone must leave a text that parses, and no edit may begin or end inside a name, a literal or
 * a comment: such positions were read elsewhere. That a whole result parses shows neither.
 */
export function editFaults({ path, oldText, newText, edits }: FileChange): EditFault[] {
  if (oldText === null || newText === null || edits.length === 0 || !SOURCE_FILE.test(path)) return [];
  let file: ParsedFile;
  try {
    file = parseFile(path, oldText);
  } catch {
    // What did not parse before says nothing about the edits.
    return [];
  }
  const about = (own: readonly Edit[], message: string): EditFault => ({
    at: `${path}:${own[0]?.line}:${own[0]?.column}`,
    rules: [...new Set(own.map(({ rule }) => rule))],
    message,
  });
  const faults = groupsOf(file, edits).flatMap((own) => {
    const problem = parseProblem(path, applied(oldText, newText, own));
    return problem === null ? [] : [about(own, `does not parse by itself: ${problem.message}`)];
  });
  const tokens = tokensOf(file);
  for (const edit of edits) {
    const { start, end } = edit.before;
    const isLayout =
      `${oldText.slice(start, end)}${newText.slice(edit.after.start, edit.after.end)}`.trim() === '';
    const torn = isLayout
      ? undefined
      : tokens.find((token) => isInside(token, start) || isInside(token, end));
    if (torn === undefined) continue;
    faults.push(
      about([edit], `begins or ends inside ${JSON.stringify(oldText.slice(torn.start, torn.end))}`),
    );
  }
  return faults;
}

const isInside = ({ start, end }: Span, offset: number) => start < offset && offset < end;

/** Edits by the top-level statements they touch; those that touch several join them. */
function groupsOf({ program }: ParsedFile, edits: readonly Edit[]): Edit[][] {
  const statements = children(program, 'body');
  const groups: { end: number; own: Edit[] }[] = [];
  for (const edit of edits) {
    const { start, end } = edit.before;
    const last = groups.at(-1);
    if (last !== undefined && start < last.end) {
      last.own.push(edit);
      last.end = Math.max(last.end, endOf(end));
    } else groups.push({ end: endOf(end), own: [edit] });
  }
  function endOf(offset: number): number {
    const holder = statements.find((each) => each.start < offset && offset <= each.end);
    const next = statements.find((each) => each.start <= offset && offset < each.end);
    return Math.max(offset, holder?.end ?? 0, next?.end ?? 0);
  }
  return groups.map(({ own }) => own);
}

/** The old text with some of its edits. */
function applied(oldText: string, newText: string, edits: readonly Edit[]): string {
  let text = '';
  let copied = 0;
  for (const { before, after } of edits) {
    text += oldText.slice(copied, before.start) + newText.slice(after.start, after.end);
    copied = before.end;
  }
  return text + oldText.slice(copied);
}

/** Names, literals and comments, in no order. */
function tokensOf({ program, comments }: ParsedFile): Span[] {
  const found: Span[] = comments.map(({ start, end }) => ({ start, end }));
  walk(
    program,
    {
      enter({ type, start, end, typeAnnotation }) {
        // The node of a typed name ends behind its type.
        if (/^(Identifier|PrivateIdentifier|Literal)$/.test(type) && !typeAnnotation)
          found.push({ start, end });
      },
    },
    { types: true },
  );
  return found;
}
