import { resolveBindings } from '../syntax/bindings.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import type { Value } from '../syntax/flow/values.ts';
import { calleeOf, child, children, isCall, isRegExp, memberName, unwrap } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import type { Place } from './program.ts';

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

/**
 * The texts that an expression may have, or may be put together of: both branches of a choice, the parts of a template, what a
 * constant is made of. Null stands for a list among them.
 */
export function piecesOf(flow: Flow, { file, node: given }: Place, depth = 0): (string | null)[] {
  const node = unwrap(given);
  const inner = (part: SyntaxNode | null) =>
    part === null || depth > DEEPEST ? [] : piecesOf(flow, { file, node: part }, depth + 1);
  if (node.type === 'ConditionalExpression')
    return [...inner(child(node, 'consequent')), ...inner(child(node, 'alternate'))];
  if (node.type === 'LogicalExpression' || (node.type === 'BinaryExpression' && node.operator === '+'))
    return [...inner(child(node, 'left')), ...inner(child(node, 'right'))];
  if (node.type === 'TemplateLiteral')
    return [
      ...children(node, 'quasis').map((quasi) => (quasi.value as { cooked?: string }).cooked ?? ''),
      ...children(node, 'expressions').flatMap(inner),
    ];
  const declared = node.type === 'Identifier' ? resolveBindings(file).bindingOf(node) : null;
  const isWhole = declared !== null && child(declared.declaration, 'id') === declared.node;
  return [
    ...(isWhole ? inner(child(declared.declaration, 'init')) : []),
    ...flow
      .valuesOf(node)
      .flatMap((value) => (value.kind === 'text' ? value.text : value.kind === 'array' ? null : [])),
  ];
}

/** Constants of constants: nobody writes more than this. */
const DEEPEST = 8;

/** The text of an expression with what is not known marked in its place: `/api/<expression>`. */
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

const isHandlerValue = (value: Value): boolean =>
  value.kind === 'function' ||
  value.kind === 'array' ||
  value.kind === 'external' ||
  value.kind === 'class' ||
  value.kind === 'marker';

const PATH_NAME = /path|prefix|url|route|base|mount|endpoint|version|^api$|^[A-Z][A-Z0-9_]*$/i;

/** Methods that give a text: `[base, name].join('/')`, `path.posix.join(base, name)`. */
const MAKES_TEXT = /^(join|replace|replaceAll|toString|trim|toLowerCase|normalize)$/;

/** Whether the first argument of `use` is a path. Unknown values are told by their form and name. */
export function isPath(flow: Flow, argument: SyntaxNode, more: boolean): boolean {
  const node = unwrap(argument);
  if (isRegExp(node) || textOf(flow, node) !== null) return true;
  if (node.type === 'TemplateLiteral' || node.type === 'BinaryExpression') return true;
  if (isCall(node) && MAKES_TEXT.test(memberName(calleeOf(node)) ?? '')) return true;
  if (node.type === 'ArrayExpression') {
    const first = children(node, 'elements')[0];
    return first !== undefined && first.type !== 'SpreadElement' && isPath(flow, first, more);
  }
  const values = flow.valuesOf(node);
  if (values.some((value) => value.kind === 'text')) return true;
  if (values.some(isHandlerValue) && !isEnvironment(values)) return false;
  if (!more) return false;
  const name = node.type === 'MemberExpression' ? child(node, 'property') : node;
  return isEnvironment(values) || (name?.type === 'Identifier' && PATH_NAME.test(String(name.name)));
}

const isEnvironment = (values: readonly Value[]): boolean =>
  values.some((value) => value.kind === 'external' && value.path[0] === 'process' && value.path[1] === 'env');
