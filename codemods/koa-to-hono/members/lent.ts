import { argumentsOf, calleeOf, child, isCall } from '../../../src/workspace/syntax/nodes.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { around } from '../body/context-use.ts';
import { type Lent, want } from '../state/conversion.ts';
import type { Rule } from './contract.ts';
import { isTarget } from './reads.ts';
import { isStatement } from './state.ts';

/** What a member that a package puts on the context becomes: `ctx.session` is `sessionOf(c)`, `ctx.login(user)` is `login(c, user)`. */
export const lentRule =
  (lent: Lent): Rule =>
  (use) => {
    const { cv, work, c, node } = use;
    const { node: at, parent } = around(work, node);
    if (lent.is === 'answers') return 'it stands where no answer can be returned';
    if (lent.is === 'calls') {
      if (!isCall(parent) || calleeOf(parent) !== at) return 'it is used as a value';
      const name = want(cv, work, 'support', lent.support);
      const args = argumentsOf(parent).flatMap((argument): Part[] => [', ', spanOf(argument)]);
      return { node: parent, parts: [`${name}(${c}`, ...args, ')'] };
    }
    if (!isTarget(use, node)) return { node, parts: [`${want(cv, work, 'support', lent.support)}(${c})`] };
    const value = parent?.type === 'AssignmentExpression' ? child(parent, 'right') : null;
    if (parent === undefined || value === null || parent.operator !== '=' || lent.sets === undefined)
      return 'it is changed otherwise than by `=`';
    if (!isStatement(use, parent)) return 'the value of an assignment to it is used';
    return {
      node: parent,
      parts: [`${want(cv, work, 'support', lent.sets)}(${c}, `, spanOf(value), ')'],
    };
  };
