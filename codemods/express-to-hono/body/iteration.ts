import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { argumentsOf, isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../src/workspace/syntax/walk.ts';
import { parityName } from '../edit/imports.ts';
import { memberAt } from '../facts/request-members.ts';
import { memberNames } from '../facts/units.ts';
import { type Conversion, remark, spanOf } from '../state/conversion.ts';
import type { Form } from './form.ts';
import type { Frame } from './frame.ts';

const AT_ONCE = /^(json|send|sendStatus|redirect|end)$/;

/**
 * `list.forEach((each) => { if (each.id === id) res.json(each); })`: the first answer is the one, and a second one is the
 * error that Express raises there. Null where an element may answer later, or in another way.
 */
export function readIteration(
  conversion: Conversion,
  frame: Frame,
  call: SyntaxNode,
  callback: SyntaxNode,
): Form | null {
  const { unit } = frame;
  const isPlain = isFunction(callback) && callback.async !== true && callback.generator !== true;
  if (!isPlain || frame.settle !== null || frame.guarded || frame.fn !== unit.fn.node) return null;
  if (argumentsOf(call).length > 1 || !unit.uses.every((use) => answersAtOnce(frame, callback, use)))
    return null;
  const answer = freshName(unit.work.bindings.scopeOf(unit.fn.node), 'answer');
  const settle = { resolve: answer, reject: answer, rejects: false };
  frame.reading.body(conversion, { ...frame, fn: callback, settle, open: [] });
  const first = parityName(conversion, unit.work, 'firstAnswer');
  const reason = 'the request gets no answer where no element gives one: the client waits, as in Express';
  remark(conversion, unit.work, call, 'flow/unanswered', reason);
  return {
    ...{ kind: 'respond', before: [], rule: 'callbacks/iteration' },
    value: [`${first}((${answer}) => `, spanOf(call), ')'],
  };
}

/** Whether what stands in a callback answers by itself, before the next element's turn. */
function answersAtOnce(
  { unit }: Frame,
  callback: SyntaxNode,
  { node, role }: Frame['unit']['uses'][number],
): boolean {
  const { work } = unit;
  if (node.start < callback.start || callback.end < node.end || role === 'req') return true;
  const names = memberNames(work, node);
  return (
    role === 'res' &&
    memberAt(work, node) !== null &&
    enclosingFunction(work.file, node) === callback &&
    names.every((name, index) => (index === names.length - 1 ? AT_ONCE.test(name) : name === 'status'))
  );
}
