import { resolveBindings } from '../../../syntax/bindings.ts';
import type { Flow } from '../../../syntax/flow/flow.ts';
import type { FunctionValue } from '../../../syntax/flow/values.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/parse.ts';
import { walk } from '../../../syntax/walk.ts';

/** A method that a function keeps a handler under: a text, or what one of its parameters is given. */
export type KeptMethod = { text: string } | { parameter: number } | null;

/** How a function keeps a handler that it is given with a path: `table.push({ method: 'GET', path, handler })`. */
export interface Kept {
  method: KeptMethod;
  /** What it puts before the path: a text, or a member of its own instance. */
  before: ({ text: string } | { own: string })[];
}

const VERB = /^(?:get|post|put|patch|delete|head|options)$/i;
/** Functions that hand on to each other are followed so deep. */
const DEEPEST = 5;

/** The method that a text is, in upper case; null for any other text. */
export const verbOf = (text: string | null): string | null =>
  text !== null && VERB.test(text) ? text.toUpperCase() : null;

/**
 * How a function keeps what it is given: in an object or a list together with the path, as a new instance of a class of
 * the program, in a table by the path, or by another function. Null where it does nothing of the kind.
 *
 * @param path the position of the path among its parameters; @param handler that of the handler
 */
export function keptBy(flow: Flow, fn: FunctionValue, path: number, handler: number, depth = 0): Kept | null {
  if (depth > DEEPEST) return null;
  const { file, node } = fn;
  const bindings = resolveBindings(file);
  const parameters = parametersOf(node).map((each) => {
    const inner = each.type === 'TSParameterProperty' ? child(each, 'parameter') : each;
    const name = inner?.type === 'AssignmentPattern' ? child(inner, 'left') : inner;
    return isIdentifier(name) ? bindings.bindingOf(name) : null;
  });
  const indexOf = (given: SyntaxNode | null): number => {
    if (given === null) return -1;
    const inner = unwrap(given);
    if (inner.type === 'SpreadElement') return indexOf(child(inner, 'argument'));
    const binding = isIdentifier(inner) ? bindings.bindingOf(inner) : null;
    return binding === null ? -1 : parameters.indexOf(binding);
  };
  const methodOf = (parts: readonly (SyntaxNode | null)[]): KeptMethod => {
    for (const part of parts) {
      const text = part === null ? null : verbOf(literalText(part));
      if (text !== null) return { text };
      const at = indexOf(part);
      if (at >= 0 && at !== path && at !== handler) return { parameter: at };
    }
    return null;
  };
  let found: Kept | null = null;
  const body = child(node, 'body');
  const before = body === null ? [] : prefixOf(body, (each) => indexOf(each) === path);
  walk(body ?? node, {
    enter(at) {
      if (found !== null) return 'skip';
      const parts = partsOf(at);
      if (parts !== null) {
        const [hasPath, hasHandler] = [path, handler].map((index) =>
          parts.some((one) => indexOf(one) === index),
        );
        if (hasPath && hasHandler) found = { method: methodOf(parts), before };
        return;
      }
      if (at.type === 'AssignmentExpression') found = byKey(at, indexOf, path, handler, before);
      if (!isCall(at) && at.type !== 'NewExpression') return;
      const args = argumentsOf(at);
      const [own, other] = [path, handler].map((index) => args.findIndex((one) => indexOf(one) === index));
      if (own === undefined || other === undefined || own < 0 || other < 0) return;
      for (const value of flow.valuesOf(calleeOf(at) ?? at)) {
        if (value.kind === 'class') found = { method: methodOf(args), before };
        if (value.kind !== 'function' || value.node === node) continue;
        const inner = keptBy(flow, value, own, other, depth + 1);
        if (inner === null) continue;
        const method =
          inner.method !== null && 'parameter' in inner.method
            ? methodOf([args[inner.method.parameter] ?? null])
            : inner.method;
        found = { method, before: [...inner.before, ...before] };
      }
    },
  });
  return found;
}

/** The parts of an object or a list that is made; null for any other node. */
function partsOf(node: SyntaxNode): (SyntaxNode | null)[] | null {
  if (node.type === 'ArrayExpression') return children(node, 'elements');
  if (node.type !== 'ObjectExpression') return null;
  return children(node, 'properties').map((part) => child(part, 'value'));
}

/** `this.get[path] = handler`, `table[method][path] = handler`. */
function byKey(
  node: SyntaxNode,
  indexOf: (given: SyntaxNode | null) => number,
  path: number,
  handler: number,
  before: Kept['before'],
): Kept | null {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  if (!isMember(left) || left.computed !== true || indexOf(right) !== handler) return null;
  const keys: (SyntaxNode | null)[] = [];
  let text: string | null = null;
  for (let at: SyntaxNode | null = left; isMember(at); at = child(at, 'object')) {
    keys.push(at.computed === true ? child(at, 'property') : null);
    text ??= verbOf(memberName(at));
  }
  if (!keys.some((key) => indexOf(key) === path)) return null;
  const other = keys.map(indexOf).find((index) => index >= 0 && index !== path);
  return { method: text !== null ? { text } : other === undefined ? null : { parameter: other }, before };
}

/** What is put before a path where its parameter is written anew: `path = `${this.base}${path}``. */
function prefixOf(body: SyntaxNode, isPath: (node: SyntaxNode | null) => boolean): Kept['before'] {
  let found: Kept['before'] = [];
  walk(body, {
    enter(at) {
      if (at.type !== 'AssignmentExpression' || !isPath(child(at, 'left'))) return;
      const right = child(at, 'right');
      if (right === null) return;
      const [last, ...rest] = piecesOf(right).reverse();
      if (isPath(last ?? null)) found = rest.reverse().flatMap(pieceOf);
    },
  });
  return found;
}

function piecesOf(given: SyntaxNode): SyntaxNode[] {
  const node = unwrap(given);
  if (node.type === 'TemplateLiteral') {
    const holes = children(node, 'expressions');
    return children(node, 'quasis').flatMap((quasi, index) => {
      const hole = holes[index];
      const text = (quasi.value as { cooked?: string }).cooked ?? '';
      return [...(text === '' ? [] : [quasi]), ...(hole === undefined ? [] : [hole])];
    });
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return [node];
  return ['left', 'right'].flatMap((side) => {
    const part = child(node, side);
    return part === null ? [] : piecesOf(part);
  });
}

function pieceOf(node: SyntaxNode): Kept['before'] {
  if (node.type === 'TemplateElement') return [{ text: (node.value as { cooked?: string }).cooked ?? '' }];
  const text = literalText(node);
  if (text !== null) return [{ text }];
  const name = child(node, 'object')?.type === 'ThisExpression' ? memberName(node) : null;
  return name === null ? [{ text: '<expression>' }] : [{ own: name }];
}
