import { calleeOf, child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import type { Unit } from '../state/conversion.ts';

/** A parameter of a typed request is text; Hono's is `string | undefined` where the path is not known. */
export function needsText(unit: Unit, node: SyntaxNode): boolean {
  if (!unit.work.file.typescript) return false;
  const taken = unit.fn.takenOut.find(({ role }) => role === 'req');
  const index = taken?.position ?? unit.fn.roles.indexOf('req');
  const annotation = child(children(unit.fn.node, 'params')[index] ?? node, 'typeAnnotation');
  const up = unit.work.parents.get(node);
  const anyText =
    up?.type === 'TemplateLiteral' ||
    up?.type === 'TSAsExpression' ||
    up?.type === 'BinaryExpression' ||
    up?.type === 'LogicalExpression';
  const number =
    up?.type === 'CallExpression' && /^(Number|String|encodeURIComponent)$/.test(String(calleeOf(up)?.name));
  return annotation !== null && !anyText && !number;
}

/** Parentheses where an operator stands for what was a member. */
export function inParentheses(unit: Unit, node: SyntaxNode, parts: Part[]): Part[] {
  const up = unit.work.parents.get(node);
  const loose =
    up === undefined ||
    /^(Property|VariableDeclarator|ReturnStatement|ExpressionStatement|AssignmentExpression|IfStatement|ArrayExpression)$/.test(
      up.type,
    ) ||
    (up.type === 'CallExpression' && calleeOf(up) !== node);
  return loose ? parts : ['(', ...parts, ')'];
}

/** Whether what stands here is the left of `??`, or the right. */
export const isNullish = (unit: Unit, node: SyntaxNode): boolean => {
  const up = unit.work.parents.get(node);
  return up?.type === 'LogicalExpression' && up.operator === '??';
};

/** Whether what stands here only decides what comes next. */
export function isAsked(unit: Unit, node: SyntaxNode): boolean {
  const up = unit.work.parents.get(node);
  if (up?.type === 'LogicalExpression') return up.operator === '&&' && child(up, 'left') === node;
  return (
    up !== undefined && (child(up, 'test') === node || (up.type === 'UnaryExpression' && up.operator === '!'))
  );
}

/** Whether what stands here is assigned, counted up or deleted. */
export function written(unit: Unit, node: SyntaxNode): boolean {
  const up = unit.work.parents.get(node);
  return (
    (up?.type === 'AssignmentExpression' && child(up, 'left') === node) ||
    up?.type === 'UpdateExpression' ||
    (up?.type === 'UnaryExpression' && up.operator === 'delete')
  );
}

/** `const { host, accept = '' } = req.headers`: of an object only what is named is read. */
export function isTakenByName({ work }: Unit, member: SyntaxNode): boolean {
  const up = work.parents.get(member);
  const id = up?.type === 'VariableDeclarator' ? child(up, 'id') : null;
  return (
    id?.type === 'ObjectPattern' && children(id, 'properties').every((each) => each.type !== 'RestElement')
  );
}
