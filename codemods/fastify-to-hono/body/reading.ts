import { child, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Answer, readChain } from '../members/chain.ts';
import { chainAnswer } from './answers.ts';
import { doneCall } from './done.ts';
import type { Frame } from './frame.ts';
import { isCaught } from './place.ts';

/** What stands behind `await` or `void`. */
export function calledIn(expression: SyntaxNode): SyntaxNode {
  const inner = unwrap(expression);
  const isAround =
    inner.type === 'AwaitExpression' || (inner.type === 'UnaryExpression' && inner.operator === 'void');
  return isAround ? unwrap(child(inner, 'argument') ?? inner) : inner;
}

/** What an expression answers; null for one that does not answer by the reply. */
export function answerOf(
  frame: Frame,
  expression: SyntaxNode,
  handled: Set<SyntaxNode>,
): Answer | 'problem' | null {
  const { conversion, work, unit } = frame;
  const called = calledIn(expression);
  const done = doneCall(frame, called, handled);
  if (done !== null) return done;
  const chain = readChain(conversion, called);
  if (chain === null || (chain.ends === null && chain.unknown === null)) return null;
  markChain(chain.node, handled);
  const caught = isCaught(work, expression, unit.node);
  return chainAnswer(frame, chain, caught) ?? 'problem';
}

/** Whether an expression is a call of a function that answers by itself. */
export function isAnswering({ conversion }: Frame, expression: SyntaxNode): boolean {
  const call = calledIn(expression);
  const callee = call.type === 'CallExpression' ? child(call, 'callee') : null;
  if (callee === null) return false;
  return conversion.flow
    .valuesOf(callee)
    .some(
      (value) =>
        value.kind === 'function' && conversion.units.get(value.node)?.parameters.includes('reply') === true,
    );
}

/** The reply that a chain begins with was dealt with. */
export function markChain(chain: SyntaxNode, handled: Set<SyntaxNode>) {
  let at: SyntaxNode | null = chain;
  while (at !== null && at.type !== 'Identifier')
    at =
      at.type === 'CallExpression'
        ? child(at, 'callee')
        : at.type === 'MemberExpression'
          ? child(at, 'object')
          : unwrap(at) === at
            ? null
            : unwrap(at);
  if (at !== null) handled.add(at);
}
