import { resolveBindings } from '../../../syntax/bindings.ts';
import type { Flow } from '../../../syntax/flow/flow.ts';
import type { Value } from '../../../syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isMember,
  literalText,
  memberName,
  unwrap,
} from '../../../syntax/nodes.ts';
import type { Place } from '../../model.ts';
import { isExternal, wayTo } from '../../values.ts';

/** What an expression says of the request: its method, its path (or whole URL), or both in one text, `GET /notes`. */
export type Kind = 'method' | 'path' | 'key' | null;

/** Names of the markers that stand for a request, a response and parts of a request. */
export const REQUEST = 'http.request';
export const RESPONSE = 'http.response';
export const URL_TEXT = 'http.url';
export const METHOD_TEXT = 'http.method';

/** Methods of strings that leave a path a path. */
const SAME = /^(toLowerCase|toUpperCase|trim|trimEnd|replace|replaceAll|slice|substring|toString)$/;

/** What an expression is, followed through names, `new URL(…)`, `url.parse(…)` and methods of strings. */
export function kindOf(flow: Flow, { file, node: given }: Place, depth = 0): Kind {
  const node = unwrap(given);
  if (depth > 8) return null;
  const inner = (part: Place['node'] | null) =>
    part === null ? null : kindOf(flow, { file, node: part }, depth + 1);
  const held = ofValues(flow, flow.valuesOf(node));
  if (held !== null) return held;
  if (node.type === 'TemplateLiteral') {
    const kinds = children(node, 'expressions').map(inner);
    return kinds.includes('method') && kinds.includes('path')
      ? 'key'
      : kinds.length === 1
        ? (kinds[0] ?? null)
        : null;
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const kinds = [inner(child(node, 'left')), inner(child(node, 'right'))];
    return kinds.includes('key') || (kinds.includes('method') && kinds.includes('path'))
      ? 'key'
      : (kinds.find((kind) => kind !== null) ?? null);
  }
  if (node.type === 'LogicalExpression') return inner(child(node, 'left'));
  if (isMember(node)) {
    const object = child(node, 'object');
    // `req.url.split('?')[0]`
    if (memberName(node) === '0' && isCall(object) && memberName(calleeOf(object)) === 'split')
      return inner(child(calleeOf(object) ?? object, 'object'));
    return null;
  }
  if (isCall(node)) {
    const callee = calleeOf(node);
    const name = memberName(callee);
    if (callee !== null && name !== null && SAME.test(name)) return inner(child(callee, 'object'));
    if (callee?.type === 'Identifier' && /^(decodeURI|decodeURIComponent|String)$/.test(String(callee.name)))
      return inner(argumentsOf(node)[0] ?? null);
    return null;
  }
  if (node.type !== 'Identifier') return null;
  const binding = resolveBindings(file).bindingOf(node);
  if (binding === null || binding.declaration.type !== 'VariableDeclarator') return null;
  const [id, init] = [child(binding.declaration, 'id'), child(binding.declaration, 'init')];
  if (init === null) return null;
  if (id === binding.node) return inner(init);
  // `const [path] = req.url.split('?')`
  const isFirst = id?.type === 'ArrayPattern' && children(id, 'elements')[0] === binding.node;
  const source = unwrap(init);
  return isFirst &&
    isCall(source) &&
    memberName(calleeOf(source)) === 'split' &&
    literalText(argumentsOf(source)[0]) === '?'
    ? inner(child(calleeOf(source) ?? source, 'object'))
    : null;
}

function ofValues(flow: Flow, values: readonly Value[]): Kind {
  for (const value of values) {
    if (value === flow.marker(METHOD_TEXT)) return 'method';
    if (value === flow.marker(URL_TEXT)) return 'path';
    if (isExternal(value) && isParsed(flow, value)) return 'path';
  }
  return null;
}

/** `new URL(req.url, base).pathname`, `url.parse(req.url).pathname`. */
function isParsed(flow: Flow, value: Extract<Value, { kind: 'external' }>): boolean {
  if (!/^(URL|parse)\.\(\)\.(pathname|path|href)$/.test(wayTo(value))) return false;
  const made = value.calls.at(-1);
  const [text] = made === undefined ? [] : argumentsOf(made.node);
  return made !== undefined && text !== undefined && kindOf(flow, { file: made.file, node: text }) === 'path';
}
