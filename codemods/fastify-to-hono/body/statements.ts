import {
  child,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { atEnd, type Part, range } from '../../shared/edit/draft.ts';
import {
  arrowBodyStart,
  deleteStatement,
  replaceArrowBody,
  replaceStatement,
} from '../../shared/edit/emit.ts';
import { type FileWork, replace } from '../../shared/edit/work.ts';
import { type Answer, readChain } from '../members/chain.ts';
import { isReply } from '../read/markers.ts';
import { problem } from '../state.ts';
import { choices, isChoice, isShaped, preparing, valueAnswer } from './answers.ts';
import { isDone } from './done.ts';
import type { Frame } from './frame.ts';
import { functionAround, isBareReturn, tailOf } from './place.ts';
import { answerOf, calledIn, isAnswering, markChain } from './reading.ts';

const RULE = 'answer';

/** The body of an arrow that is one expression. */
export function convertExpression(frame: Frame, body: SyntaxNode, handled: Set<SyntaxNode>) {
  const { work, unit, conversion } = frame;
  const answer = answerOf(frame, body, handled);
  if (answer === 'problem') return;
  if (answer !== null) {
    if (answer.before.length > 0 || answer.how === 'throw')
      return replaceArrowBody(
        conversion,
        work,
        unit.node,
        [...answer.before, [`${answer.how} `, ...answer.value]],
        RULE,
      );
    return replace(
      conversion,
      work,
      range(unit.node, arrowBodyStart(work, unit.node, body), unit.node.end),
      answer.value,
      RULE,
    );
  }
  if (!frame.answers || isAnswering(frame, body)) return;
  frame.isUsed = true;
  const value = valueAnswer(conversion, work, frame.c, body, {
    mayBeTyped: frame.mayBeTyped,
    mayBeEmptied: frame.mayBeEmptied,
    isShaped: isShaped(conversion, frame.unit),
  });
  replace(
    conversion,
    work,
    range(unit.node, arrowBodyStart(work, unit.node, body), unit.node.end),
    value,
    RULE,
  );
}

/** What is returned. */
export function convertReturn(frame: Frame, statement: SyntaxNode, handled: Set<SyntaxNode>) {
  const { conversion, work, c } = frame;
  const argument = child(statement, 'argument');
  if (argument === null) return;
  if (isReply(conversion.flow, argument)) {
    // Behind an answer it was taken away with it.
    return problem(
      conversion,
      work.file,
      argument,
      'no-answer',
      'the reply is returned where no answer was given in this function',
    );
  }
  if (isChoice(argument)) {
    const taken = choices(argument).map((each) => [each, answerOf(frame, each, handled)] as const);
    if (taken.some(([, answer]) => answer === 'problem')) return;
    if (taken.some(([, answer]) => answer !== null)) {
      for (const [each, answer] of taken) {
        if (answer === null || answer === 'problem' || answer.before.length > 0 || answer.how === 'throw')
          problem(
            conversion,
            work.file,
            each,
            'choice',
            'one of two answers that needs statements of its own',
          );
        else replace(conversion, work, each, answer.value, RULE);
      }
      return;
    }
  }
  const answer = answerOf(frame, argument, handled);
  if (answer === 'problem') return;
  if (answer !== null) return writeAnswer(frame, statement, answer);
  if (!frame.answers || isAnswering(frame, argument)) return;
  frame.isUsed = true;
  const value = valueAnswer(conversion, work, c, argument, {
    mayBeTyped: frame.mayBeTyped,
    mayBeEmptied: frame.mayBeEmptied,
    isShaped: isShaped(conversion, frame.unit),
  });
  replace(
    conversion,
    work,
    range(statement, argumentStart(work, statement, argument), argumentEnd(work, statement)),
    value,
    RULE,
  );
}

/** Parentheses around what is returned go with it. */
function argumentStart(work: FileWork, statement: SyntaxNode, argument: SyntaxNode): number {
  const between = work.file.text.slice(statement.start + 6, argument.start);
  return between.includes('(') && !/\/[/*]/.test(between)
    ? statement.start + 6 + (between.length - between.trimStart().length)
    : argument.start;
}

function argumentEnd(work: FileWork, statement: SyntaxNode): number {
  const text = work.file.text.slice(statement.start, statement.end);
  return statement.start + text.replace(/;$/, '').trimEnd().length;
}

/** A statement that answers, prepares an answer, or hands the reply to a function that does. */
export function convertStatement(frame: Frame, statement: SyntaxNode, handled: Set<SyntaxNode>) {
  const { conversion, work, unit, c } = frame;
  const expression = child(statement, 'expression');
  if (expression === null) return;
  const isOwn = functionAround(work, statement) === unit.node;
  const called = calledIn(expression);
  const chain = readChain(conversion, called);
  if (chain !== null && chain.ends === null && chain.unknown === null) {
    markChain(chain.node, handled);
    const lines = preparing(conversion, work, chain, c);
    return replaceStatement(conversion, work, statement, lines, RULE);
  }
  const isAnswer = (chain?.ends ?? null) !== null || isDone(frame, called) || isAnswering(frame, called);
  if (!isAnswer) return;
  if (!isOwn) {
    if (chain !== null) markChain(chain.node, handled);
    return problem(conversion, work.file, statement, 'callback', 'the answer is given in a callback');
  }
  const idle = tailOf(work, statement, unit.node, (node) =>
    isBareReturn(node, (each) => isReply(conversion.flow, each)),
  );
  if (idle === null) {
    const last = lastWord(work, statement);
    if (last !== null && chain !== null) return answerAfter(frame, statement, last, handled);
    if (chain !== null) markChain(chain.node, handled);
    return problem(conversion, work.file, statement, 'after-answer', 'code runs after the answer');
  }
  for (const each of idle) {
    for (const name of findAll(each, 'Identifier')) handled.add(name);
    handled.add(each);
    deleteStatement(conversion, work, each, RULE);
  }
  handled.add(statement);
  if (isAnswering(frame, called) && chain === null) {
    replace(conversion, work, range(statement, statement.start, called.start), ['return '], RULE);
    return;
  }
  const answer = answerOf(frame, expression, handled);
  if (answer !== null && answer !== 'problem') writeAnswer(frame, statement, answer);
}

/** The last of some statements that only log, where nothing but them follows an answer at the end of a function. */
function lastWord(work: FileWork, statement: SyntaxNode): SyntaxNode | null {
  const block = work.parents.get(statement);
  const list = block?.type === 'BlockStatement' ? (block.body as SyntaxNode[]) : [];
  const rest = list.slice(list.indexOf(statement) + 1);
  const isWhole = isFunction(work.parents.get(block ?? statement));
  return isWhole && rest.length > 0 && rest.every(isWord) ? (rest.at(-1) ?? null) : null;
}

/** `console.log(…)`, `request.log.info(…)`. */
function isWord(statement: SyntaxNode): boolean {
  const call = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
  const callee = call?.type === 'CallExpression' ? child(call, 'callee') : null;
  const object = isMember(callee) ? child(callee, 'object') : null;
  return isIdentifier(object, 'console') || (isMember(object) && memberName(object) === 'log');
}

/** What only logs stays where it is: the answer is made before it, and returned after. */
function answerAfter(frame: Frame, statement: SyntaxNode, last: SyntaxNode, handled: Set<SyntaxNode>) {
  const { conversion, work } = frame;
  const expression = child(statement, 'expression');
  const answer = expression === null ? null : answerOf(frame, expression, handled);
  if (answer === null || answer === 'problem') return;
  handled.add(statement);
  const { newline, semicolon } = work.layout;
  const used = new Set(findAll(frame.unit.node, 'Identifier').map((each) => String(each.name)));
  const name = ['answer', 'given', 'response', 'honoAnswer'].find((each) => !used.has(each)) ?? 'honoAnswer';
  replaceStatement(
    conversion,
    work,
    statement,
    [...answer.before, [`const ${name} = `, ...answer.value]],
    RULE,
  );
  const indent = work.layout.indentAt(last.start);
  work.draft.insert(atEnd(last), `${newline}${indent}${answer.how} ${name}${semicolon}`, RULE);
}

function writeAnswer(
  { conversion, work, unit }: Frame,
  statement: SyntaxNode,
  { before, value, how }: Answer,
) {
  if (value.length > 0 || before.length > 0) {
    const last: Part[][] =
      value.length > 0 ? [[`${how} `, ...value]] : isLast(work, statement, unit.node) ? [] : [['return']];
    return replaceStatement(conversion, work, statement, [...before, ...last], RULE);
  }
  if (isLast(work, statement, unit.node)) deleteStatement(conversion, work, statement, RULE);
  else replaceStatement(conversion, work, statement, [['return']], RULE);
}

/** Whether a statement is the last one of a function's body. */
const isLast = (work: FileWork, statement: SyntaxNode, fn: SyntaxNode): boolean => {
  const up = work.parents.get(statement);
  return up !== undefined && up === fn.body && (up.body as SyntaxNode[]).at(-1) === statement;
};
