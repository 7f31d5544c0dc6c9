import type { Flow } from '../syntax/flow/flow.ts';
import { child, children, unwrap } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';

/** Stands for a part of a path that could not be computed. */
export const UNKNOWN_SEGMENT = '<expression>';

/** The text an expression is known to have: literals, constants across files, templates and `+` of those; else null. */
export function textOf(flow: Flow, expression: SyntaxNode): string | null {
  const node = unwrap(expression);
  if (node.type === 'TemplateLiteral') {
    const holes = children(node, 'expressions').map((hole) => textOf(flow, hole));
    const parts = children(node, 'quasis').map((quasi) => (quasi.value as { cooked?: string }).cooked ?? '');
    if (holes.includes(null)) return null;
    return parts.map((part, index) => part + (holes[index] ?? '')).join('');
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = child(node, 'left');
    const right = child(node, 'right');
    const before = left && textOf(flow, left);
    const after = right && textOf(flow, right);
    return before === null || after === null ? null : before + after;
  }
  const values = flow.valuesOf(node);
  const only = values[0];
  return values.length === 1 && only?.kind === 'text' ? only.text : null;
}

/** The same with what is not known marked in its place: `/api/<expression>`. */
export function shownText(flow: Flow, expression: SyntaxNode): string {
  const node = unwrap(expression);
  const parts =
    node.type === 'TemplateLiteral'
      ? [...children(node, 'quasis'), ...children(node, 'expressions')].sort((a, b) => a.start - b.start)
      : node.type === 'BinaryExpression' && node.operator === '+'
        ? [child(node, 'left'), child(node, 'right')].filter((part) => part !== null)
        : [];
  if (parts.length === 0) return textOf(flow, node) ?? UNKNOWN_SEGMENT;
  return parts
    .map((part) =>
      part.type === 'TemplateElement'
        ? ((part.value as { cooked?: string }).cooked ?? '')
        : shownText(flow, part),
    )
    .join('');
}
