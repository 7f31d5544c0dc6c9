import { parseSync } from 'oxc-parser';
import { isNode, propertyKeyName } from '../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../workspace/syntax/parse.ts';
import { walk } from '../../workspace/syntax/walk.ts';

/** Finds where a value of a JSON document is written. */
export interface JsonPlaces {
  /** Offset of the key (or list element) at a path of keys and indexes; null when it is not there. */
  offset(...path: (string | number)[]): number | null;
}

/**
 * Offsets inside a JSON or JSONC text. JSON is an expression of JavaScript, so the source parser's tree serves.
 * Text that does not parse gives no offsets: its own reader reports that.
 */
export function jsonPlaces(text: string): JsonPlaces {
  let root: SyntaxNode | null | undefined;
  const tree = (): SyntaxNode | null => {
    if (root === undefined) {
      const bom = text.startsWith('\ufeff');
      const { program, errors } = parseSync('document.js', `(${bom ? ` ${text.slice(1)}` : text}\n)`, {
        preserveParens: false,
      });
      const statement = (program as unknown as SyntaxNode).body as SyntaxNode[];
      const expression = errors.length === 0 ? statement[0]?.expression : null;
      root = isNode(expression) ? expression : null;
    }
    return root;
  };
  return {
    offset(...path) {
      let node = tree();
      let found: SyntaxNode | null = node;
      for (const key of path) {
        if (node?.type === 'ObjectExpression') {
          // The last of two equal keys is the one JSON.parse keeps.
          const property = (node.properties as SyntaxNode[]).findLast(
            (item) => item.type === 'Property' && propertyKeyName(item) === String(key),
          );
          found = property ?? null;
          node = isNode(property?.value) ? property.value : null;
        } else if (node?.type === 'ArrayExpression' && typeof key === 'number') {
          const element = (node.elements as unknown[])[key];
          found = node = isNode(element) ? element : null;
        } else return null;
        if (!found) return null;
      }
      return found ? found.start - 1 : null;
    },
  };
}

/**
 * The value of a JSON text with comments and trailing commas, as tsconfig and pm2 files are; also the first object
 * literal that a JavaScript configuration exports, as far as it is written out. `{}` when nothing could be read.
 */
export function parseConfig(text: string): Record<string, unknown> {
  const bare = text.replace(/^\ufeff/, '');
  const isData = bare.trimStart().startsWith('{') || /^\s*\/[/*]/.test(bare);
  const { program } = parseSync('config.ts', isData ? `(${bare}\n)` : bare, { preserveParens: false });
  let found: SyntaxNode | null = null;
  walk(program as unknown as SyntaxNode, {
    enter(node) {
      if (found === null && node.type === 'ObjectExpression') found = node;
      return found === null ? undefined : 'skip';
    },
  });
  const value = found === null ? null : literalValue(found);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The value of an expression of literals; what is computed is undefined. */
function literalValue(node: SyntaxNode): unknown {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'ArrayExpression')
    return (node.elements as unknown[]).map((item) => (isNode(item) ? literalValue(item) : undefined));
  if (node.type !== 'ObjectExpression') return undefined;
  const value: Record<string, unknown> = {};
  for (const property of node.properties as SyntaxNode[]) {
    const name = property.type === 'Property' ? propertyKeyName(property) : null;
    if (name !== null && isNode(property.value)) value[name] = literalValue(property.value);
  }
  return value;
}
