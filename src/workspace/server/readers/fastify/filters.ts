import type { Flow } from '../../../syntax/flow/flow.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  field,
  isCall,
  isFunction,
  isIdentifier,
  isRegExp,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/parse.ts';
import type { Property } from '../../arguments.ts';

/** Whether a filter takes a path. */
export type Filter = (path: string) => boolean;

/**
 * What `ignoreFilter` or `matchFilter` says of a path, that begins with a slash: a text, an expression, or a function of
 * tests of texts alone. Null where there is none; undefined where it could not be followed. Source: `filterPath` of
 * `@fastify/autoload` 6.3.
 */
export function filterOf(flow: Flow, given: Property | null): Filter | null | undefined {
  if (given === null) return null;
  const node = unwrap(given.node);
  const text = literalText(node);
  if (text !== null) return (path) => path.includes(text);
  const expression = expressionOf(node);
  if (expression !== null) return (path) => expression.test(path);
  const [fn] = isFunction(node)
    ? [node]
    : given.values.flatMap((one) => (one.kind === 'function' ? one.node : []));
  if (fn === undefined) {
    const [held] = given.values;
    return held?.kind === 'text' && given.values.length === 1
      ? (path) => path.includes(held.text)
      : undefined;
  }
  const [parameter] = parametersOf(fn);
  const body = bodyOf(fn);
  if (!isIdentifier(parameter) || body === null) return undefined;
  return testOf(flow, body, field(parameter, 'name'));
}

const expressionOf = (node: SyntaxNode): RegExp | null => {
  if (!isRegExp(node)) return null;
  const { pattern, flags } = node.regex as { pattern: string; flags: string };
  return new RegExp(pattern, flags.replace(/[gy]/g, ''));
};

/** What a function gives: its expression, or what its only statement returns. */
export function bodyOf(fn: SyntaxNode): SyntaxNode | null {
  const body = child(fn, 'body');
  if (body?.type !== 'BlockStatement') return body;
  const [only, ...more] = children(body, 'body');
  return only?.type === 'ReturnStatement' && more.length === 0 ? child(only, 'argument') : null;
}

function testOf(flow: Flow, given: SyntaxNode, name: string): Filter | undefined {
  const node = unwrap(given);
  const part = (key: string): Filter | undefined => {
    const inner = child(node, key);
    return inner === null ? undefined : testOf(flow, inner, name);
  };
  if (node.type === 'LogicalExpression') {
    const [left, right] = [part('left'), part('right')];
    if (left === undefined || right === undefined) return undefined;
    return node.operator === '&&'
      ? (path) => left(path) && right(path)
      : node.operator === '||'
        ? (path) => left(path) || right(path)
        : undefined;
  }
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = part('argument');
    return inner && ((path) => !inner(path));
  }
  if (!isCall(node)) return undefined;
  const callee = calleeOf(node);
  const [object, [first]] = [callee === null ? null : child(callee, 'object'), argumentsOf(node)];
  if (object === null || first === undefined) return undefined;
  const expression = expressionOf(unwrap(memberName(callee) === 'test' ? object : first));
  if (memberName(callee) === 'test')
    return expression !== null && isIdentifier(unwrap(first), name)
      ? (path) => expression.test(path)
      : undefined;
  if (!isIdentifier(unwrap(object), name)) return undefined;
  if (memberName(callee) === 'match')
    return expression === null ? undefined : (path) => expression.test(path);
  const values = flow.valuesOf(first);
  const [held] = values;
  const text = literalText(first) ?? (values.length === 1 && held?.kind === 'text' ? held.text : null);
  if (text === null) return undefined;
  switch (memberName(callee)) {
    case 'endsWith':
      return (path) => path.endsWith(text);
    case 'startsWith':
      return (path) => path.startsWith(text);
    case 'includes':
      return (path) => path.includes(text);
    default:
      return undefined;
  }
}
