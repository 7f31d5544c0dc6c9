import { argumentsOf, child } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { replaceStatement } from '../../shared/edit/emit.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { refuse, want } from '../state/conversion.ts';
import { type Answer, answerParts, numberOf, type Status } from './answer.ts';
import { type Frame, within } from './frame.ts';
import { answerOf, isOpen, partsOf } from './giving.ts';
import { ended, type Path } from './path.ts';
import { isNextCall, thrownIn } from './shapes.ts';

/** `await next()`. */
export function goOn(
  frame: Frame,
  statement: SyntaxNode,
  expression: SyntaxNode,
  tail: boolean,
  path: Path,
): Path {
  const { cv, work } = frame;
  if (path.answered !== 'no')
    refuse(cv, work.file, statement, 'body/next', '`next()` is called after there may be a body');
  if (expression.type !== 'AwaitExpression')
    refuse(cv, work.file, statement, 'body/next', '`next()` is not waited for');
  if (path.status !== null) refuse(cv, work.file, statement, 'body/next', 'a status is set before `next()`');
  if (!tail) cv.errorsTravel = true;
  for (const node of within(expression)) if (frame.isNext(node)) frame.done.add(node);
  return { ...path, next: 'yes' };
}

/** `return …`. */
export function returned(
  frame: Frame,
  statement: SyntaxNode,
  expression: SyntaxNode | null,
  path: Path,
): Path {
  const { cv, work, c } = frame;
  if (isNextCall(frame, expression)) {
    goOn(frame, statement, { ...(expression as SyntaxNode), type: 'AwaitExpression' }, true, path);
    for (const node of within(statement)) if (frame.isNext(node)) frame.done.add(node);
    return ended(path);
  }
  const thrown = thrownIn(frame, expression);
  if (thrown !== null) return raise(frame, statement, thrown, path);
  const answer = answerOf(frame, expression);
  if (answer !== null) {
    if (path.next !== 'no' && path.status === null && isOpen(answer) && !cv.beside)
      refuse(
        cv,
        work.file,
        statement,
        'body/late',
        'what is answered after `next()` has no status beside it',
      );
    const parts = partsOf(frame, answer, path);
    if (parts !== null)
      replaceStatement(
        cv.editing,
        work,
        statement,
        path.next === 'no' ? [['return ', ...parts]] : [[`${c}.res = `, ...parts], ['return']],
        'body/answer',
      );
    return ended(path);
  }
  const nothing = frame.role === 'helper' ? null : unanswered(frame, statement, path);
  if (expression === null) {
    if (nothing !== null) replaceStatement(cv.editing, work, statement, [nothing], 'body/unanswered');
  } else if (frame.role === 'handler') {
    // What a middleware gives back means nothing to Koa, and is the answer to Hono.
    replaceStatement(
      cv.editing,
      work,
      statement,
      [[spanOf(child(statement, 'argument') as SyntaxNode)], nothing ?? ['return']],
      'body/returned',
    );
  }
  return ended(path);
}

/** The statement that leaves a handler without an answer; null where a plain `return` does. */
export function unanswered(frame: Frame, place: SyntaxNode, path: Path): Part[] | null {
  const { c } = frame;
  if (path.next === 'yes') return null;
  if (path.answered === 'yes') return [`return ${c}.res`];
  if (path.next === 'maybe' || path.answered === 'maybe') {
    if (path.status !== null)
      refuse(frame.cv, frame.work.file, place, 'body/status', 'a status is set and there may be no body');
    return [`return ${c}.finalized ? ${c}.res : ${c}.notFound()`];
  }
  const answer: Answer = path.status === null ? { kind: 'none', place } : { kind: 'status', place };
  const parts = answerParts({ ...frame, typed: path.typed }, answer, path.status as Status | null);
  if (typeof parts === 'string') {
    refuse(frame.cv, frame.work.file, place, 'body/answer', parts);
    return null;
  }
  frame.answers = true;
  return ['return ', ...parts];
}

/** `ctx.throw(…)`. */
export function raise(frame: Frame, statement: SyntaxNode, call: SyntaxNode, path: Path): Path {
  const { cv, work } = frame;
  markCallee(frame, call);
  replaceStatement(
    cv.editing,
    work,
    statement,
    [['throw ', ...errorParts(frame, argumentsOf(call))]],
    'body/throw',
  );
  return ended(path);
}

/** Notes that the context in a callee is rewritten with its call. */
export function markCallee(frame: Frame, call: SyntaxNode) {
  const callee = child(call, 'callee');
  if (callee !== null) for (const node of within(callee)) if (frame.isContext(node)) frame.done.add(node);
}

/** The error that `ctx.throw` makes: by the package that Koa makes it with. */
export const errorParts = (frame: Frame, args: readonly SyntaxNode[]): Part[] => {
  frame.cv.dependencies.set('http-errors', '^2.0.1');
  const name = want(frame.cv, frame.work, 'http-errors', 'createError');
  // That of Koa 2 takes the status behind the message as well.
  const [first, second, ...more] = args;
  const isTurned =
    frame.cv.koa === 2 && first !== undefined && numberOf(first) === null && numberOf(second) !== null;
  const ordered = isTurned ? [second as SyntaxNode, first, ...more] : args;
  return [
    `${name}(`,
    ...ordered.flatMap((arg, index): Part[] => [...(index > 0 ? [', '] : []), spanOf(arg)]),
    ')',
  ];
};

/** `ctx.assert(…)`. */
export function assertThat(frame: Frame, statement: SyntaxNode, call: SyntaxNode, path: Path): Path {
  const [value, ...error] = argumentsOf(call);
  if (value === undefined) return path;
  markCallee(frame, call);
  replaceStatement(
    frame.cv.editing,
    frame.work,
    statement,
    [['if (!(', spanOf(value), ')) throw ', ...errorParts(frame, error)]],
    'body/assert',
  );
  return path;
}

/** `user || ctx.throw(404);`: a statement whose last operand throws. */
export function isLogicalEnd(frame: Frame, call: SyntaxNode): boolean {
  const { work } = frame;
  const logical = work.parents.get(call);
  const statement = logical === undefined ? undefined : work.parents.get(logical);
  const left =
    logical?.type === 'LogicalExpression' && child(logical, 'right') === call ? child(logical, 'left') : null;
  if (left === null || statement?.type !== 'ExpressionStatement' || logical?.operator === '??') return false;
  const test =
    logical?.operator === '||' ? ['if (!(', spanOf(left), ')) throw '] : ['if (', spanOf(left), ') throw '];
  work.draft.replace(logical as SyntaxNode, [...test, ...errorParts(frame, argumentsOf(call))], 'body/throw');
  return true;
}
