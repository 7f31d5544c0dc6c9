import type { SyntaxNode } from './parse.ts';

/** Whether a field of a node holds a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** The node in a field, or null. */
export function child(node: SyntaxNode, field: string): SyntaxNode | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** The nodes in a list field; holes of array patterns and literals are left out. */
export function children(node: SyntaxNode, field: string): SyntaxNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text in a field (`name`, `operator`, `kind`), or the empty string. */
export function field(node: SyntaxNode, name: string): string {
  const value = node[name];
  return typeof value === 'string' ? value : '';
}

type NodeOf<Type extends string> = SyntaxNode & { type: Type };
export type IdentifierNode = NodeOf<'Identifier'>;
export type FunctionNode = NodeOf<'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration'>;
export type ClassNode = NodeOf<'ClassDeclaration' | 'ClassExpression'>;

export const isIdentifier = (node: SyntaxNode | null | undefined, name?: string): node is IdentifierNode =>
  node?.type === 'Identifier' && (name === undefined || node.name === name);

/** A function with a body of its own: declaration, expression or arrow. The value of a method is one, too. */
export const isFunction = (node: SyntaxNode | null | undefined): node is FunctionNode =>
  node?.type === 'ArrowFunctionExpression' ||
  node?.type === 'FunctionExpression' ||
  node?.type === 'FunctionDeclaration';

export const isClass = (node: SyntaxNode | null | undefined): node is ClassNode =>
  node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';

export const isCall = (node: SyntaxNode | null | undefined): node is NodeOf<'CallExpression'> =>
  node?.type === 'CallExpression';

export const isMember = (node: SyntaxNode | null | undefined): node is NodeOf<'MemberExpression'> =>
  node?.type === 'MemberExpression';

/** Wrappers that change a value's type or grouping but not the value. */
const TRANSPARENT = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ParenthesizedExpression',
  'ChainExpression',
]);

export const isTransparent = (node: SyntaxNode): boolean => TRANSPARENT.has(node.type);

/** The expression inside `as`, `satisfies`, `!`, `<T>x`, parentheses and optional-chain wrappers. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (TRANSPARENT.has(inner.type)) {
    const next = child(inner, 'expression');
    if (next === null) return inner;
    inner = next;
  }
  return inner;
}

/** Text of a string literal or of a template without expressions, else null. */
export function literalText(node: SyntaxNode | null | undefined): string | null {
  if (!node) return null;
  const inner = unwrap(node);
  if (inner.type === 'Literal') return typeof inner.value === 'string' ? inner.value : null;
  if (inner.type !== 'TemplateLiteral' || children(inner, 'expressions').length > 0) return null;
  const cooked = (children(inner, 'quasis')[0]?.value as { cooked?: string } | undefined)?.cooked;
  return cooked ?? null;
}

export const isRegExp = (node: SyntaxNode | null | undefined): node is NodeOf<'Literal'> =>
  node?.type === 'Literal' && typeof node.regex === 'object' && node.regex !== null;

/** Name of a property of an object literal, pattern or class: identifier, string or number, or a computed literal; else null. */
export function propertyKeyName(property: SyntaxNode): string | null {
  const key = child(property, 'key');
  if (key === null) return null;
  if (property.computed === true) return literalText(key);
  if (key.type === 'Identifier') return field(key, 'name');
  if (key.type === 'PrivateIdentifier') return `#${field(key, 'name')}`;
  return key.type === 'Literal' ? String(key.value) : null;
}

/** The name a member expression reads: `b` for `a.b` and `a['b']`, `#b` for `a.#b`, null when it is computed. */
export function memberName(node: SyntaxNode | null | undefined): string | null {
  if (node?.type !== 'MemberExpression') return null;
  const property = child(node, 'property');
  if (property === null) return null;
  if (node.computed === true) {
    if (property.type === 'Literal' && typeof property.value === 'number') return String(property.value);
    return literalText(property);
  }
  return property.type === 'PrivateIdentifier' ? `#${field(property, 'name')}` : field(property, 'name');
}

/** One link of a chain of calls and members, outermost last: `res`, `.status` called with `(201)`, `.json` called with `(x)`. */
export interface ChainLink {
  /** Member name; null for the root and for computed members. */
  name: string | null;
  /** The member expression, or the root expression. */
  node: SyntaxNode;
  /** The call of this link, if it is called. */
  call: SyntaxNode | null;
}

/** Splits `res.status(201).json(x)` into its links, root first. */
export function calleeChain(expression: SyntaxNode): ChainLink[] {
  const links: ChainLink[] = [];
  let node = unwrap(expression);
  for (;;) {
    const call = isCall(node) ? node : null;
    const target = call === null ? node : unwrap(child(call, 'callee') ?? call);
    if (target.type === 'MemberExpression') {
      links.unshift({ name: memberName(target), node: target, call });
      node = unwrap(child(target, 'object') ?? target);
      continue;
    }
    links.unshift({ name: null, node: target, call });
    if (call === null || !isCall(target)) return links;
    node = target;
  }
}

/** The callee without wrappers, for calls and `new`. */
export function calleeOf(call: SyntaxNode): SyntaxNode | null {
  const callee = child(call, 'callee');
  return callee === null ? null : unwrap(callee);
}

/** Arguments of a call or `new`. */
export const argumentsOf = (call: SyntaxNode): SyntaxNode[] => children(call, 'arguments');

/** Parameters of a function, TypeScript parameter properties unwrapped, a `this` parameter left out. */
export function parametersOf(fn: SyntaxNode): SyntaxNode[] {
  return children(fn, 'params')
    .map((param) => (param.type === 'TSParameterProperty' ? (child(param, 'parameter') ?? param) : param))
    .filter((param) => !isIdentifier(param, 'this'));
}

/** The name or pattern a parameter or pattern element binds, its default left out. */
export function patternTarget(param: SyntaxNode): SyntaxNode {
  return param.type === 'AssignmentPattern' ? (child(param, 'left') ?? param) : param;
}

/** `module.exports`. */
export const isModuleExports = (node: SyntaxNode | null): boolean =>
  isMember(node) && isIdentifier(child(node, 'object'), 'module') && memberName(node) === 'exports';

/** What a CommonJS module gives out: `module.exports`, or `exports` for short. */
export const isExportsObject = (node: SyntaxNode | null): boolean =>
  isIdentifier(node, 'exports') || isModuleExports(node);
