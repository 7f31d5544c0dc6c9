import type { Bindings } from '../../../src/workspace/syntax/bindings.ts';
import {
  calleeOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';

/** What Koa makes of a body by its value; `unknown`: decided when it runs. */
export type BodyKind = 'null' | 'html' | 'text' | 'string' | 'json' | 'unknown';

/** Koa's own question. Source: koa/lib/response.js. */
const HTML = /^\s*</;

/** The kind of a value that is assigned to `ctx.body`. */
export function bodyKind(bindings: Bindings, value: SyntaxNode): BodyKind {
  const node = unwrap(value);
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'string') return HTML.test(node.value) ? 'html' : 'text';
      if (node.raw === 'null') return 'null';
      return typeof node.value === 'number' || typeof node.value === 'boolean' ? 'json' : 'unknown';
    case 'TemplateLiteral':
      return templateKind(node);
    case 'ObjectExpression':
    case 'ArrayExpression':
      return 'json';
    case 'UnaryExpression':
      return node.operator === '!' ? 'json' : node.operator === 'typeof' ? 'text' : 'unknown';
    case 'AwaitExpression':
      return 'unknown';
    case 'ConditionalExpression':
      return same(bindings, [child(node, 'consequent'), child(node, 'alternate')]);
    case 'CallExpression':
      return isStringify(node) ? 'string' : isList(bindings, node) ? 'json' : 'unknown';
    case 'BinaryExpression':
      return node.operator === '+' ? sumKind(bindings, node) : 'unknown';
    case 'Identifier':
      return node.name === 'undefined' ? 'null' : constantKind(bindings, node);
    default:
      return 'unknown';
  }
}

/** A constant keeps the kind that it is made with. */
function constantKind(bindings: Bindings, node: SyntaxNode): BodyKind {
  const binding = bindings.bindingOf(node);
  if (binding?.kind !== 'const' || !isIdentifier(child(binding.declaration, 'id'))) return 'unknown';
  const made = child(binding.declaration, 'init');
  return made === null ? 'unknown' : bodyKind(bindings, made);
}

/** Methods that make a list of a list. */
const MAKES_LIST = /^(map|filter|slice|concat|sort|reverse|flat|flatMap)$/;

function isList(bindings: Bindings, node: SyntaxNode): boolean {
  const callee = calleeOf(node);
  const object = isMember(callee) ? child(callee, 'object') : null;
  if (object === null || !MAKES_LIST.test(memberName(callee) ?? '')) return false;
  const inner = unwrap(object);
  if (inner.type === 'ArrayExpression') return true;
  if (inner.type === 'CallExpression') return isList(bindings, inner);
  const binding = isIdentifier(inner) ? bindings.bindingOf(inner) : null;
  const made = binding?.kind === 'const' ? child(binding.declaration, 'init') : null;
  return made !== null && unwrap(made).type === 'ArrayExpression';
}

function same(bindings: Bindings, parts: readonly (SyntaxNode | null)[]): BodyKind {
  const kinds = new Set(parts.map((part) => (part === null ? 'unknown' : bodyKind(bindings, part))));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'unknown';
}

function templateKind(node: SyntaxNode): BodyKind {
  const [first] = children(node, 'quasis');
  const start = (first?.value as { cooked?: string } | undefined)?.cooked ?? '';
  if (HTML.test(start)) return 'html';
  return children(node, 'expressions').length === 0 || start.trim() !== '' ? 'text' : 'string';
}

/** `'a' + b`: a text in any case, whose first character decides. */
function sumKind(bindings: Bindings, node: SyntaxNode): BodyKind {
  const left = child(node, 'left');
  const kind = left === null ? 'unknown' : bodyKind(bindings, left);
  if (kind === 'html') return 'html';
  if (kind !== 'text') return kind === 'string' ? 'string' : 'unknown';
  const first = left === null ? null : unwrap(left);
  return first?.type === 'Literal' && String(first.value).trim() === '' ? 'string' : 'text';
}

const isStringify = (node: SyntaxNode): boolean => {
  const callee = calleeOf(node);
  return (
    isCall(node) &&
    isMember(callee) &&
    isIdentifier(child(callee, 'object'), 'JSON') &&
    memberName(callee) === 'stringify'
  );
};
