import {
  argumentsOf,
  child,
  isIdentifier,
  parametersOf,
  patternTarget,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { spanOf } from '../../shared/edit/work.ts';
import type { Answer } from '../members/chain.ts';
import { problem } from '../state.ts';
import type { Frame } from './frame.ts';
import { functionAround, isCaught } from './place.ts';

/** Whether a call is one of the callback. */
export const isDone = ({ unit, work }: Frame, call: SyntaxNode): boolean => {
  const callee = call.type === 'CallExpression' ? child(call, 'callee') : null;
  const index = unit.parameters.indexOf('done');
  const parameter = index < 0 ? null : patternTarget(parametersOf(unit.node)[index] as SyntaxNode);
  return (
    isIdentifier(callee) &&
    isIdentifier(parameter) &&
    work.bindings.bindingOf(callee) === work.bindings.bindingOf(parameter)
  );
};

/** `done()` goes on, `done(error)` fails. */
export function doneCall(
  frame: Frame,
  call: SyntaxNode,
  handled: Set<SyntaxNode>,
): Answer | 'problem' | null {
  const { conversion, work, unit } = frame;
  const callee = call.type === 'CallExpression' ? child(call, 'callee') : null;
  if (!isIdentifier(callee)) return null;
  const index = unit.parameters.indexOf('done');
  const parameter = index < 0 ? null : patternTarget(parametersOf(unit.node)[index] as SyntaxNode);
  if (
    parameter === null ||
    !isIdentifier(parameter) ||
    work.bindings.bindingOf(callee) !== work.bindings.bindingOf(parameter)
  )
    return null;
  if (functionAround(work, call) !== unit.node) return null;
  handled.add(callee);
  const [error, payload] = argumentsOf(call);
  const isParsed = unit.roles.has('parser') || unit.roles.has('sending');
  if (payload !== undefined && !isParsed) {
    problem(conversion, work.file, payload, 'done', 'what it hands on');
    return 'problem';
  }
  const isNone =
    error === undefined ||
    isIdentifier(error, 'undefined') ||
    (error.type === 'Literal' && error.value === null);
  if (isNone) return { before: [], value: payload === undefined ? [] : [spanOf(payload)], how: 'return' };
  if (error.type !== 'NewExpression' && !isCertain(error)) {
    return { before: [[`if (`, spanOf(error), `) throw `, spanOf(error)]], value: [], how: 'return' };
  }
  if (isCaught(work, call, unit.node)) {
    problem(conversion, work.file, call, 'done', 'an error is handed on where a `catch` would take it');
    return 'problem';
  }
  return { before: [], value: [spanOf(error)], how: 'throw' };
}

const isCertain = (node: SyntaxNode): boolean => node.type === 'CallExpression' || node.type === 'Identifier';
