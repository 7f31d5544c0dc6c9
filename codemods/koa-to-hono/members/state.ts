import { child, children, propertyKeyName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { spanOf } from '../../shared/edit/work.ts';
import { around, memberOn } from '../body/context-use.ts';
import type { Replacement, Use } from './contract.ts';
import { isTarget } from './reads.ts';

/**
 * `ctx.state.user`, and `ctx.user`: variables of Hono's context. Koa keeps them apart, so `ctx.user` is `ctx.user` there too where both
 * could meet.
 */
export function stateRule(use: Use): Replacement | string {
  const inner = use.member === 'ctx.state' ? memberOn(use.work, use.node) : null;
  const name = use.member === 'ctx.state' ? inner?.name : use.member?.slice('own.'.length);
  if (use.member === 'ctx.state' && inner === null) return wholeState(use);
  if (name === null || name === undefined) return 'a part of it is computed';
  const node = inner?.node ?? use.node;
  const isOwn = use.member !== 'ctx.state';
  const isBody = !isOwn && name === 'body';
  if (isBody && use.cv.beside) return 'it has the name of the parsed body';
  (isOwn ? use.cv.variables.own : use.cv.variables.state).add(name);
  const prefix = isBody ? 'state.' : isOwn && use.cv.variables.apart ? 'ctx.' : '';
  const key = use.work.layout.string(prefix + name);
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
    children(id, 'properties').every((each) => (propertyKeyName(each) ?? 'body') !== 'body');
  for (const each of isPlain ? children(id, 'properties') : [])
    use.cv.variables.state.add(propertyKeyName(each) ?? '');
  return isPlain ? { node: use.node, parts: [`${use.c}.var`] } : 'it is used as a whole';
}

/** Whether nothing takes the value of an expression. */
export function isStatement({ work }: Pick<Use, 'work'>, node: SyntaxNode): boolean {
  const { node: at, parent } = around(work, node);
  if (parent?.type === 'ExpressionStatement') return true;
  return parent?.type === 'ArrowFunctionExpression' && child(parent, 'body') === at;
}
