import { argumentsOf } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { type Part, range } from '../../../shared/edit/draft.ts';
import { deleteStatement } from '../../../shared/edit/emit.ts';
import { nextCall } from '../../facts/answers/shapes.ts';
import {
  mayAnswerOtherwise,
  type SeenTypes,
  seenAnswers,
  whyObservedStays,
} from '../../native/observed-answers.ts';
import {
  type Conversion,
  claim,
  type FileWork,
  refuse,
  remark,
  replace,
  textOf,
} from '../../state/conversion.ts';
import type { ReplacedAnswer } from '../../state/replaced-answer.ts';
import type { Frame } from '../frame.ts';
import { leavesWithin, returnsIn } from '../leaving.ts';
import { finishListener, readsPathOfRouter, tagLines } from './finish-listener.ts';
import { linesOf, readOf, testOf } from './observed-lines.ts';

/**
 * `res.json = (body) => { log(body); return json(body); }; next();` — what looks at the answer stands after `await next()`,
 * where the answer is there. Returns whether the statement is a part of such a replacement, and has been dealt with.
 */
export function convertReplacedAnswer(
  conversion: Conversion,
  frame: Frame,
  statements: readonly SyntaxNode[],
  index: number,
): boolean {
  const { unit } = frame;
  const statement = statements[index];
  if (statement === undefined) return false;
  const replaced = conversion.replacedAnswers.find(
    (each) => each.unit === unit && (each.statement === statement || each.kept === statement),
  );
  if (replaced === undefined) return false;
  for (const use of replaced.uses) claim(conversion, use);
  if (replaced.kept === statement) {
    deleteWhole(conversion, unit.work, statement);
    return true;
  }
  const stays = (reason: string) => {
    const what = `the function in the place of \`res.${replaced.by}\` stays what it is: ${reason}`;
    refuse(conversion, unit.work, statement, 'response/replaced', what, unit);
    return true;
  };
  if (frame.fn !== unit.fn.node || frame.settle !== null) return stays('it is put there in a callback');
  const next = statements.at(-1);
  const call = next === undefined || next === statement ? null : nextCall(conversion, next);
  if (next === undefined || call === null || argumentsOf(call).length > 0)
    return stays('the list of statements it stands in does not end in `next()`');
  const between = statements.slice(index + 1, -1);
  const mayAnswer = (other: SyntaxNode) =>
    (unit.answering.has(other) && finishListener(conversion, other) === null) || returnsIn(other).length > 0;
  if (between.some(mayAnswer)) return stays('the request may be answered before `next()`');
  if (!statements.slice(0, index).includes(replaced.kept))
    return stays('the original is kept somewhere else');
  if (frame.guarded && conversion.carriesValues)
    return stays('what is thrown and is no error would end in the `catch` around it');
  const reason = replaced.observed.some(leavesWithin)
    ? 'it may leave without sending anything'
    : whyObservedStays(conversion, replaced);
  if (reason !== null) return stays(reason);
  const seen = seenAnswers(conversion, replaced);
  if ('reason' in seen) return stays(seen.reason);
  if (readsPathOfRouter(conversion, unit, replaced.fn)) return stays('it reads the path below a router');
  deleteWhole(conversion, unit.work, statement);
  write(conversion, frame, replaced, next, seen);
  return true;
}

function write(
  conversion: Conversion,
  frame: Frame,
  replaced: ReplacedAnswer,
  next: SyntaxNode,
  seen: SeenTypes,
): void {
  const { unit } = frame;
  const { by, fn, guards, instead, observed, statement } = replaced;
  const { types } = seen;
  if (observed.length === guards.length && instead === null) return;
  const { work } = unit;
  const { layout } = work;
  replaced.next = next;
  const before = layout.indentAt(next.start);
  const inner = types === 'all' ? before : before + layout.unit;
  const known = frame.afterNext.get(next) ?? [];
  const title = commentsOver(work, statement).map((comment) => `${comment}${layout.newline}${before}`);
  const read = types === 'all' ? [] : readOf(conversion, replaced, seen.isEmpty === true);
  const lines = linesOf(conversion, replaced, inner);
  if (types === 'all') {
    const [first = [], ...more] = lines;
    frame.afterNext.set(next, [
      ...known,
      ...tagLines(conversion, unit, fn),
      ...(lines.length > 0 ? [[...title, ...first], ...more] : []),
    ]);
    return;
  }
  const block: Part[] = [
    ...title,
    `if (${testOf(replaced, types, seen)}) {`,
    ...[...read, ...lines].flatMap((parts): Part[] => [`${layout.newline}${inner}`, ...parts]),
    `${layout.newline}${before}}`,
  ];
  // `res.json` calls `res.send`, and both come before the answer is out.
  const others = conversion.replacedAnswers.filter((each) => each !== replaced && each.next === next);
  const at = by === 'json' ? 0 : others.filter((each) => each.by === 'json').length;
  frame.afterNext.set(next, [...known.slice(0, at), block, ...known.slice(at)]);
  const { idiomatic, settings } = conversion;
  if (idiomatic !== null && settings.etag !== 'off')
    remark(conversion, work, statement, 'response/replaced', NOT_MODIFIED);
  if (by === 'json' && read.length > 0) remark(conversion, work, statement, 'response/replaced', AS_JSON);
  if (seen.isOpen) remark(conversion, work, statement, 'response/replaced', NO_BODY);
  if (mayAnswerOtherwise(conversion)) remark(conversion, work, statement, 'response/replaced', OTHERS);
}

const NOT_MODIFIED =
  'an answer that the client has already (304) no longer comes here: Express told a client so after this function, Hono where the answer is made';
const AS_JSON =
  'what is sent comes here as its JSON is read: dates are texts, and what is no part of the JSON is not there';
const NO_BODY =
  'an answer with a status that goes without a body (204, 205, 304) no longer comes here, whatever was to be sent with it';
const OTHERS =
  'what a package or a file answers comes here too where it is of the same type: Express did not ask this function about it';

/** Comments on the lines right above a statement. */
function commentsOver(work: FileWork, statement: SyntaxNode): string[] {
  const { text, comments } = work.file;
  const found: string[] = [];
  let { start } = statement;
  for (const comment of [...comments].reverse()) {
    const isAbove = comment.end <= start && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(comment.end, start));
    const isAlone = text.slice(work.layout.lineStart(comment.start), comment.start).trim() === '';
    if (!isAbove || !isAlone) continue;
    found.unshift(textOf(work, range(statement, comment.start, comment.end)));
    start = comment.start;
  }
  return found;
}

/** Takes a statement away with the comments on the lines above it. */
function deleteWhole(conversion: Conversion, work: FileWork, statement: SyntaxNode): void {
  deleteStatement(conversion, work, statement, 'response/replaced');
  const over = commentsOver(work, statement).length;
  const above = work.file.comments.filter(({ end }) => end <= statement.start).slice(-over || Infinity);
  for (const { start, end } of above) {
    const from = work.layout.lineStart(start);
    const rest = /^[ \t]*\r?\n/.exec(work.file.text.slice(end))?.[0].length ?? 0;
    replace(conversion, work, range(statement, from, end + rest), [''], 'response/replaced');
  }
}
