import { child, children, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { around, memberOn } from '../body/context-use.ts';
import type { Replacement, Use } from './contract.ts';
import { isTarget } from './reads.ts';

/** `ctx.state.user`, and `ctx.user`: variables of Hono's context. */
export function stateRule(use: Use): Replacement | string {
  const inner = use.member === 'ctx.state' ? memberOn(use.work, use.node) : null;
  const name = use.member === 'ctx.state' ? inner?.name : use.member?.slice('own.'.length);
  if (use.member === 'ctx.state' && inner === null) return wholeState(use);
  if (name === null || name === undefined) return 'a part of it is computed';
  const node = inner?.node ?? use.node;
  const key = use.work.layout.string(name);
  if (!isTarget(use, node)) return { node, parts: [`${use.c}.get(${key})`] };
  const { parent } = around(use.work, node);
  const value = parent === undefined ? null : child(parent, 'right');
  if (parent?.type !== 'AssignmentExpression' || parent.operator !== '=' || value === null)
    return 'it is changed otherwise than by `=`';
  if (!isStatement(use, parent)) return 'the value of an assignment to it is used';
  return { node: parent, parts: [`${use.c}.set(${key}, `, spanOf(value), ')'] };
}

/** `const { user } = ctx.state`. */
function wholeState(use: Use): Replacement | string {
  const { node: at, parent } = around(use.work, use.node);
  const id =
    parent?.type === 'VariableDeclarator' && child(parent, 'init') === at ? child(parent, 'id') : null;
  const isPlain =
    id?.type === 'ObjectPattern' &&
    children(id, 'properties').every((each) => propertyKeyName(each) !== null);
  return isPlain ? { node: use.node, parts: [`${use.c}.var`] } : 'it is used as a whole';
}

/** Whether nothing takes the value of an expression. */
export function isStatement({ work }: Pick<Use, 'work'>, node: SyntaxNode): boolean {
  const { node: at, parent } = around(work, node);
  if (parent?.type === 'ExpressionStatement') return true;
  return parent?.type === 'ArrowFunctionExpression' && child(parent, 'body') === at;
}
