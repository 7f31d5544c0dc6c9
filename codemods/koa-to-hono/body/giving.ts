import { argumentsOf, child, isCall, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { hasEffects } from '../../../src/workspace/syntax/walk.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { deleteStatement, replaceStatement } from '../../shared/edit/emit.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { refuse, want } from '../state/conversion.ts';
import { type Answer, answerParts, isPlain } from './answer.ts';
import { type Frame, helperOf, isQuiet, within } from './frame.ts';
import { ended, type Path } from './path.ts';
import { answerIn, expressionOf, memberIn, statusIn } from './shapes.ts';

/** An answer of the function's own, or of one that is handed the context. */
export type Given = Answer | { kind: 'helper'; call: SyntaxNode; place: SyntaxNode; waits: boolean };

/** An answer by itself, or by a function that is handed the context. */
export function answerOf(frame: Frame, expression: SyntaxNode | null): Given | null {
  const own = answerIn(frame, expression);
  if (own !== null || expression === null) return own;
  const waits = expression.type === 'AwaitExpression';
  const call = waits ? child(expression, 'argument') : expression;
  return call !== null && isCall(call) && helperOf(frame, call) !== null
    ? { kind: 'helper', call, place: call, waits }
    : null;
}

/** The expression of an answer; refuses where it has no rule. */
export function partsOf(frame: Frame, answer: Given, path: Path): Part[] | null {
  if (answer.kind === 'helper') {
    if (path.typed)
      refuse(
        frame.cv,
        frame.work.file,
        answer.place,
        'body/typed',
        'a content type is set before a function answers',
      );
    frame.answers = true;
    return [spanOf(answer.call)];
  }
  const parts = answerParts({ ...frame, typed: path.typed }, answer, path.status);
  if (typeof parts === 'string') {
    refuse(frame.cv, frame.work.file, answer.place, 'body/answer', parts);
    return null;
  }
  markDone(frame, answer);
  frame.answers = true;
  return parts;
}

/** Whether an answer has the status that was said before, or none. */
export const isOpen = (answer: Given): boolean =>
  answer.kind === 'body' || (answer.kind === 'lent' && answer.lent.first === undefined);

export function markDone(frame: Frame, answer: Answer) {
  const left =
    answer.kind === 'body'
      ? child(answer.place, 'left')
      : answer.kind === 'redirect'
        ? child(answer.place, 'callee')
        : answer.kind === 'lent'
          ? child(answer.call, 'callee')
          : null;
  if (left === null) return;
  for (const node of within(left)) if (frame.isContext(node)) frame.done.add(node);
}

/** Notes that the context of a status is rewritten with its statement. */
export function markStatus(frame: Frame, statement: SyntaxNode) {
  const left = child(expressionOf(statement) ?? statement, 'left');
  if (left !== null) for (const node of within(left)) if (frame.isContext(node)) frame.done.add(node);
}

/** `ctx.status = …`: said with the answer where that stands in the same list, on the context otherwise. */
export function setStatus(
  frame: Frame,
  statement: SyntaxNode,
  value: SyntaxNode,
  rest: readonly SyntaxNode[],
  tail: boolean,
  path: Path,
): Path {
  const { cv, work, c } = frame;
  markStatus(frame, statement);
  if (path.answered !== 'no')
    refuse(cv, work.file, statement, 'body/status', 'the status is set after there may be a body');
  const at = rest.findIndex((each) => !isQuiet(frame, each));
  const follows = at < 0 ? undefined : rest[at];
  const answer = follows === undefined ? null : answerIn(frame, expressionOf(follows));
  const isDirect = answer !== null && answer.kind !== 'lent';
  const isOnly =
    path.next === 'no' &&
    (follows === undefined
      ? tail
      : follows.type === 'ReturnStatement' && child(follows, 'argument') === null);
  if (isDirect && isPlain(work, value)) {
    deleteStatement(cv.editing, work, statement, 'body/status');
    return { ...path, status: { node: value, isSet: false } };
  }
  if (isOnly && at <= 0 && (rest.length === 0 || at === 0) && frame.role === 'handler') {
    const parts = answerParts(
      { ...frame, typed: path.typed },
      { kind: 'status', place: statement },
      { node: value, isSet: false },
    );
    if (typeof parts === 'string') refuse(cv, work.file, statement, 'body/answer', parts);
    else replaceStatement(cv.editing, work, statement, [['return ', ...parts]], 'body/answer');
    if (follows !== undefined) deleteStatement(cv.editing, work, follows, 'body/answer');
    frame.answers = true;
    return ended(path);
  }
  if (path.next !== 'no')
    refuse(cv, work.file, statement, 'body/status', 'the status is changed after `next()` without a body');
  work.draft.replace(
    expressionOf(statement) ?? statement,
    [`${c}.status(`, spanOf(value), ...(work.file.typescript ? [' as StatusCode'] : []), ')'],
    'body/status',
  );
  if (work.file.typescript) want(cv, work, 'hono/utils/http-status', 'StatusCode', true);
  return { ...path, status: { node: value, isSet: true } };
}

/** Writes an answer as a `return` where nothing follows, else as the response of the context. */
export function giveAnswer(
  frame: Frame,
  statement: SyntaxNode,
  answer: Given,
  rest: readonly SyntaxNode[],
  { tail, ends }: { tail: boolean; ends: boolean },
  path: Path,
): { path: Path; taken: number } {
  const { cv, work, c } = frame;
  const after = trailing(frame, rest);
  if (cv.beside && after.some(({ types }) => types))
    refuse(cv, work.file, statement, 'body/typed', 'a content type is set behind the body');
  const leaves = rest[after.length];
  const isEnd =
    leaves === undefined ? tail : isBareReturn(leaves) || (ends && tail && leaves.type === 'BreakStatement');
  const isLast =
    isEnd &&
    path.next === 'no' &&
    (after.length === 0 || (answer.kind !== 'helper' && after.every(({ isMovable }) => isMovable)));
  if (isLast) {
    let status = path.status;
    for (const each of after) {
      if (each.status === null) continue;
      markStatus(frame, each.statement);
      status = { node: each.status, isSet: false, isLate: true };
    }
    const typed = path.typed || after.some((each) => each.types);
    const parts = partsOf(frame, answer, { ...path, status, typed });
    if (parts !== null) writeReturn(frame, statement, parts, after, leaves);
    return { path: ended(path), taken: after.length + (leaves === undefined ? 0 : 1) };
  }
  const late = isOpen(answer) && path.next !== 'no' && path.status === null && !cv.beside;
  const said = late ? after.findIndex(({ status }) => status !== null) : -1;
  const saying = after[said];
  const isSaid = saying?.isMovable === true && after.filter(({ status }) => status !== null).length === 1;
  if (late && !isSaid)
    refuse(cv, work.file, statement, 'body/late', 'what is answered after `next()` has no status beside it');
  let { status } = path;
  if (isSaid && saying.status !== null) {
    // Said behind the body, where more may follow: it goes with the answer.
    markStatus(frame, saying.statement);
    deleteStatement(cv.editing, work, saying.statement, 'body/status');
    status = { node: saying.status, isSet: false, isLate: true };
    for (const each of after.slice(0, said)) frame.late.add(each.statement);
  }
  const parts = partsOf(frame, answer, { ...path, status });
  if (answer.kind === 'helper' && !answer.waits && isAsync(frame, answer.call))
    refuse(cv, work.file, statement, 'body/unawaited', 'a function that answers is not waited for');
  const wait = answer.kind === 'helper' && answer.waits ? 'await ' : '';
  if (parts !== null)
    work.draft.replace(expressionOf(statement) ?? statement, [`${c}.res = ${wait}`, ...parts], 'body/answer');
  return {
    path: { ...path, answered: 'yes', status: path.next === 'no' ? path.status : null },
    taken: isSaid ? said + 1 : 0,
  };
}

export const isAsync = (frame: Frame, call: SyntaxNode): boolean =>
  (helperOf(frame, call) ?? []).some(({ node }) => node.async === true);

/** `return;` */
export const isBareReturn = (node: SyntaxNode): boolean =>
  node.type === 'ReturnStatement' && child(node, 'argument') === null;

export interface Trailing {
  statement: SyntaxNode;
  status: SyntaxNode | null;
  types: boolean;
  isMovable: boolean;
}

/** Statements after an answer that only set the status or headers. */
export function trailing(frame: Frame, rest: readonly SyntaxNode[]): Trailing[] {
  const found: Trailing[] = [];
  for (const statement of rest) {
    const expression = statement.type === 'ExpressionStatement' ? expressionOf(statement) : null;
    const status = statusIn(frame, expression);
    const header = expression === null ? null : headerSet(frame, expression);
    if (status === null && header === null) break;
    found.push({
      statement,
      status,
      types: header?.types ?? false,
      isMovable: status === null ? header?.isPlain === true : isPlain(frame.work, status),
    });
  }
  return found;
}

/** Whether a statement sets a header, and whether that may be the content type. */
export function headerSet(frame: Frame, expression: SyntaxNode): { types: boolean; isPlain: boolean } | null {
  if (
    expression.type === 'AssignmentExpression' &&
    memberIn(frame, child(expression, 'left')) === 'response.type'
  )
    return { types: true, isPlain: true };
  const callee = isCall(expression) ? child(expression, 'callee') : null;
  if (
    callee === null ||
    !isMember(callee) ||
    !/^(set|append|remove|attachment)$/.test(memberName(callee) ?? '') ||
    !/^response\./.test(memberIn(frame, callee) ?? '')
  )
    return null;
  const args = argumentsOf(expression);
  const isAttachment = memberName(callee) === 'attachment';
  return { types: isAttachment || setsType(args), isPlain: args.every((arg) => !hasEffects(arg)) };
}

/** Whether the arguments of `ctx.set` may name the content type. */
export const setsType = (args: readonly SyntaxNode[]): boolean => {
  const [name] = args;
  return name?.type !== 'Literal' || /^content-type$/i.test(String(name.value));
};

/** Puts `return …` in the place of an answer, behind what set headers after it. */
export function writeReturn(
  frame: Frame,
  statement: SyntaxNode,
  parts: readonly Part[],
  after: readonly Trailing[],
  leaves: SyntaxNode | undefined,
) {
  const { cv, work } = frame;
  const last = after.filter(({ status }) => status === null).at(-1)?.statement;
  for (const { statement: each, status } of after)
    if (status !== null) deleteStatement(cv.editing, work, each, 'body/status');
  if (leaves !== undefined) deleteStatement(cv.editing, work, leaves, 'body/answer');
  if (last === undefined) {
    replaceStatement(cv.editing, work, statement, [['return ', ...parts]], 'body/answer');
    return;
  }
  deleteStatement(cv.editing, work, statement, 'body/answer');
  const { newline, semicolon } = work.layout;
  const indent = newline + work.layout.indentAt(last.start);
  work.draft.replace(last, [spanOf(last), indent, 'return ', ...parts, semicolon], 'body/answer');
}
