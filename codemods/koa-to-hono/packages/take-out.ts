import { calleeOf, child, isCall } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { type Conversion, refuse } from '../state/conversion.ts';

/** Takes out a registration whose only middleware does nothing any more: its statement, or its link of a chain. */
export function takeOut(cv: Conversion, work: FileWork, argument: SyntaxNode, rule: string) {
  const call = work.parents.get(argument);
  const callee = call !== undefined && isCall(call) ? calleeOf(call) : null;
  const object = callee === null ? null : child(callee, 'object');
  if (call === undefined || object === null)
    return refuse(cv, work.file, argument, rule, 'it does nothing any more: take it out');
  const statement = work.parents.get(call);
  if (statement?.type === 'ExpressionStatement' && !isCall(object))
    deleteStatement(cv.editing, work, statement, rule);
  else work.draft.replace(range(call, object.end, call.end), [''], rule);
}
