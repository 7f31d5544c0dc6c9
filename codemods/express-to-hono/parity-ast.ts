import type { Node } from 'oxc-parser';

/** Walks every node below `root`; `enter` returns false to leave a node's children out. */
export function visit(
  root: Node,
  enter: (node: Node, parent: Node | undefined) => boolean,
  parent?: Node,
): void {
  if (!enter(root, parent)) return;
  for (const value of Object.values(root)) {
    if (Array.isArray(value)) {
      for (const child of value) if (isNode(child)) visit(child, enter, root);
    } else if (isNode(value)) visit(value, enter, root);
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

/** Names a statement refers to: identifiers that are not property names. */
export function referencedNames(root: Node): Set<string> {
  const names = new Set<string>();
  visit(root, (node, parent) => {
    if (node.type === 'Identifier' && !isPropertyName(node, parent)) names.add(node.name);
    return true;
  });
  return names;
}

function isPropertyName(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent.key === node && !parent.computed && !('shorthand' in parent && parent.shorthand);
    default:
      return false;
  }
}
