import { child, field } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';

/** The text of a TypeScript statement as JavaScript: types are cut out, every other character stays. */
export function withoutTypes(text: string, statement: SyntaxNode): string {
  const cuts: { start: number; end: number }[] = [];
  walk(
    statement,
    {
      enter(node) {
        if (/^TSType(Annotation|ParameterDeclaration|ParameterInstantiation)$/.test(node.type)) {
          cuts.push(node);
          return 'skip';
        }
        if (node.type === 'TSAsExpression') {
          const inner = child(node, 'expression');
          if (inner !== null) cuts.push({ start: inner.end, end: node.end });
        }
        if (node.type === 'Identifier' && node.optional === true) {
          const mark = node.start + field(node, 'name').length;
          cuts.push({ start: mark, end: mark + 1 });
        }
        return undefined;
      },
    },
    { types: true },
  );
  cuts.sort((a, b) => a.start - b.start);
  let out = '';
  let at = statement.start;
  for (const { start, end } of cuts) {
    if (start < at) continue;
    out += text.slice(at, start);
    at = end;
  }
  return joinParameters(out + text.slice(at, statement.end));
}

/** Parameters stood on lines of their own because of their types; without them they fit on one. */
function joinParameters(text: string): string {
  return text.replace(/\((\n(?: +[^\n()]+,\n)+ *)\) ?\{/, (whole, lines: string) => {
    const joined = `(${lines.trim().replace(/,\s+/g, ', ').replace(/,$/, '')}) {`;
    return joined.length > 90 ? whole : joined;
  });
}
