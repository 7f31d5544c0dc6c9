import { visitorKeys } from 'oxc-parser';
import { isFunction, isNode } from './nodes.ts';
import type { ParsedFile, SyntaxNode } from './parse.ts';

/** Calls for each child node in source order of fields, types included; no list is made, as this runs for every node. */
export function eachChild(node: SyntaxNode, visit: (inner: SyntaxNode) => void): void {
  const keys = visitorKeys[node.type] ?? Object.keys(node);
  // Counted, as an iterator's results are a third of what a walk makes.
  for (let at = 0; at < keys.length; at++) {
    const value = node[keys[at] as string];
    if (Array.isArray(value)) {
      for (let item = 0; item < value.length; item++) if (isNode(value[item])) visit(value[item]);
    } else if (isNode(value)) visit(value);
  }
}

/** Child nodes in source order of fields, types included. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  eachChild(node, (inner) => found.push(inner));
  return found;
}

/** Nodes that exist only for the type checker. */
export const isTypeNode = ({ type }: SyntaxNode): boolean =>
  type.charCodeAt(0) === T && type.charCodeAt(1) === S && !TYPED_EXPRESSIONS.has(type);

const [T, S] = [84, 83];

/** TypeScript forms that leave code behind. */
const TYPED_EXPRESSIONS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSParameterProperty',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSExternalModuleReference',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
]);

export interface WalkVisitor {
  /** Called before the children; returning `'skip'` leaves them out. */
  enter(node: SyntaxNode, parent: SyntaxNode | null): unknown;
  leave?(node: SyntaxNode, parent: SyntaxNode | null): unknown;
}

/**
 * Depth-first walk in source order.
 *
 * @param options `types: true` also visits type annotations and declarations (left out by default)
 */
export function walk(root: SyntaxNode, visitor: WalkVisitor, options: { types?: boolean } = {}): void {
  const types = options.types === true;
  const visit = (node: SyntaxNode, parent: SyntaxNode | null): void => {
    if (!types && isTypeNode(node)) return;
    if (visitor.enter(node, parent) !== 'skip') {
      const keys = visitorKeys[node.type] ?? Object.keys(node);
      for (let at = 0; at < keys.length; at++) {
        const value = node[keys[at] as string];
        if (Array.isArray(value)) {
          for (let item = 0; item < value.length; item++) if (isNode(value[item])) visit(value[item], node);
        } else if (isNode(value)) visit(value, node);
      }
    }
    visitor.leave?.(node, parent);
  };
  visit(root, null);
}

/** Every node of a type, in source order, nested ones included. */
export function findAll(root: SyntaxNode, ...types: string[]): SyntaxNode[] {
  const wanted = new Set(types);
  const found: SyntaxNode[] = [];
  walk(root, {
    enter(node) {
      if (wanted.has(node.type)) found.push(node);
    },
  });
  return found;
}

const parentMaps = new WeakMap<ParsedFile, Map<SyntaxNode, SyntaxNode>>();

/** The parent of every node of a file, types included; built once a file. */
export function parentsOf(file: ParsedFile): ReadonlyMap<SyntaxNode, SyntaxNode> {
  let parents = parentMaps.get(file);
  if (parents === undefined) {
    const map = new Map<SyntaxNode, SyntaxNode>();
    walk(
      file.program,
      {
        enter(node, parent) {
          if (parent !== null) map.set(node, parent);
        },
      },
      { types: true },
    );
    parents = map;
    parentMaps.set(file, parents);
  }
  return parents;
}

/** The nearest enclosing function (declaration, expression, arrow) of a node, or null at module level. */
export function enclosingFunction(file: ParsedFile, node: SyntaxNode): SyntaxNode | null {
  const parents = parentsOf(file);
  for (let up = parents.get(node); up !== undefined; up = parents.get(up)) {
    if (
      up.type === 'ArrowFunctionExpression' ||
      up.type === 'FunctionExpression' ||
      up.type === 'FunctionDeclaration'
    ) {
      return up;
    }
  }
  return null;
}

/** Whether an expression may do something when it is read, so that its place in the order counts. */
export const hasEffects = (node: SyntaxNode): boolean =>
  findAll(
    node,
    ...['CallExpression', 'NewExpression', 'AssignmentExpression', 'UpdateExpression', 'AwaitExpression'],
    ...['TaggedTemplateExpression', 'YieldExpression'],
  ).length > 0;

/** Where the first `await` of a function or file ends, those of functions inside it left out; infinity where there is none. */
export function firstAwait(scope: SyntaxNode): number {
  let first = Number.POSITIVE_INFINITY;
  walk(scope, {
    enter(node) {
      if (isFunction(node) && node !== scope) return 'skip';
      const waits =
        node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true);
      if (waits) first = Math.min(first, node.end);
      return undefined;
    },
  });
  return first;
}
