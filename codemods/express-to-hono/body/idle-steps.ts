import { argumentsOf, type ChainLink, child, isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { bodyOf } from '../facts/answers/shapes.ts';
import { type Conversion, claim, replace } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

/** `.then(() => next)`: `next` is named and not called, and only what fails is looked at after it. */
export function namesNextOnly(conversion: Conversion, step: ChainLink, after: readonly ChainLink[]): boolean {
  const [fn, ...more] = argumentsOf(step.call ?? step.node);
  const isUnread = after.every(({ name }) => name === 'catch' || name === 'finally');
  return step.name === 'then' && more.length === 0 && isUnread && nextGivenBack(conversion, fn) !== null;
}

/** The `next` that a function gives back, and does nothing else. */
function nextGivenBack(conversion: Conversion, fn: SyntaxNode | undefined): SyntaxNode | null {
  const body = isFunction(fn) ? bodyOf(fn) : null;
  if (body === null) return null;
  const only = 'statements' in body && body.statements.length === 1 ? body.statements[0] : undefined;
  const given =
    'expression' in body
      ? body.expression
      : only?.type === 'ReturnStatement'
        ? child(only, 'argument')
        : null;
  return given !== null && conversion.roles.get(given)?.role === 'next' ? given : null;
}

/** Takes such a step away. */
export function dropStep(conversion: Conversion, { unit }: Frame, step: ChainLink): void {
  const object = child(step.node, 'object');
  const given = nextGivenBack(conversion, argumentsOf(step.call ?? step.node)[0]);
  if (object === null || given === null) return;
  claim(conversion, given);
  const end = step.call?.end ?? step.node.end;
  replace(conversion, unit.work, range(object, object.end, end), [''], 'promises/catch');
}
