import { child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { range } from '../../shared/edit/draft.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { type Conversion, refuse, want } from '../state/conversion.ts';
import { answerArrow } from './arrow.ts';
import type { Frame } from './frame.ts';
import { unanswered } from './leaving.ts';
import { START } from './path.ts';
import { walkList } from './statements.ts';

/** Koa calls middleware without a `this`; only functions of objects and classes have one of their own. */
export const isKoaThis = (work: FileWork, fn: SyntaxNode): boolean =>
  !/^(Property|MethodDefinition|PropertyDefinition)$/.test(work.parents.get(fn)?.type ?? '');

/** `c`, unless the function has that name for something else. */
export function contextName(work: FileWork, fn: SyntaxNode, own: string): string {
  if (own === 'c') return own;
  const isTaken = findAll(fn, 'Identifier').some(
    (node) =>
      node.name === 'c' &&
      (work.bindings.bindingOf(node) !== null || work.bindings.referenceOf(node) !== null),
  );
  return isTaken ? own : 'c';
}

export const contextType = (cv: Conversion, work: FileWork, type: SyntaxNode | null): string[] =>
  work.file.typescript && type !== null ? [`: ${want(cv, work, 'hono', 'Context', true)}`] : [];

export function walkBody(frame: Frame) {
  const body = child(frame.fn, 'body');
  if (body === null) return;
  if (body.type !== 'BlockStatement') return answerArrow(frame, body);
  const statements = children(body, 'body');
  const end = walkList(frame, statements, true, START);
  if (!end.reached || frame.role === 'helper') {
    if (end.reached && frame.answers && end.answered !== 'yes')
      refuse(frame.cv, frame.work.file, frame.fn, 'body/helper', 'the function answers on some paths only');
    return;
  }
  const parts = unanswered(frame, frame.fn, end);
  if (parts === null) return;
  const { newline, unit, semicolon, indentAt } = frame.work.layout;
  const last = statements.at(-1);
  const place =
    last === undefined ? range(body, body.start + 1, body.start + 1) : range(body, last.end, last.end);
  const indent = last === undefined ? indentAt(body.start) + unit : indentAt(last.start);
  const isInline = last === undefined && !frame.work.file.text.slice(body.start, body.end).includes('\n');
  frame.work.draft.replace(
    place,
    isInline ? [' ', ...parts, `${semicolon} `] : [newline + indent, ...parts, semicolon],
    'body/unanswered',
  );
}
