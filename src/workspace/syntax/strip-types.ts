import { child, children, isFunction, isIdentifier } from './nodes.ts';
import type { SyntaxNode } from './parse.ts';
import { walk } from './walk.ts';

interface Cut {
  start: number;
  end: number;
}

/**
 * The text of `root` without its TypeScript: annotations, type arguments, `as`, `satisfies` and the `?` of optional
 * parameters are cut out; everything else stays as it was written. For the modules that codemods bring with them, which are
 * written in TypeScript once and given to JavaScript projects, too; not for a user's code (enums, namespaces and
 * parameter properties are not removed).
 */
export function stripTypes(text: string, root: SyntaxNode): string {
  const cuts: Cut[] = [];
  walk(
    root,
    {
      enter(node, parent) {
        if (/^TSType(Annotation|ParameterDeclaration|ParameterInstantiation)$/.test(node.type)) {
          cuts.push(node);
          return 'skip';
        }
        if (node.type === 'TSIndexSignature') {
          // The names that an instance may have stand on lines of their own, what linters are told of them before.
          const before = /(?:(?<=\n) *\/\/[^\n]*\n)* *$/.exec(text.slice(0, node.start))?.[0] ?? '';
          const after = /^\s*\n/.exec(text.slice(node.end))?.[0] ?? '';
          cuts.push({ start: node.start - before.length, end: node.end + after.length });
          return 'skip';
        }
        if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression') {
          cuts.push(...assertion(text, node, parent));
        }
        // What `this` is in a function is a type.
        const [first, second] = isFunction(node) ? children(node, 'params') : [];
        if (isIdentifier(first ?? null, 'this') && first !== undefined)
          cuts.push({ start: first.start, end: second?.start ?? first.end });
        if (node.type === 'Identifier' && node.optional === true) {
          // The `?` of an optional parameter stands just before its type.
          const mark = text.indexOf('?', node.start);
          cuts.push({ start: mark, end: mark + 1 });
        }
        return undefined;
      },
    },
    { types: true },
  );
  return joinParameters(applyCuts(text, cuts, root));
}

/**
 * What `as T` adds. `(x as T).y` needs its parentheses, `(x).y` does not; nor do `= (a ?? b)` and `return (await x)`.
 * The tree has no node for parentheses, so they are read from the text.
 */
function assertion(text: string, node: SyntaxNode, parent: SyntaxNode | null): Cut[] {
  const inner = child(node, 'expression');
  if (inner === null) return [];
  const closing = /^\s*(?:\)\s*)*/.exec(text.slice(inner.end, node.end))?.[0].trimEnd() ?? '';
  const cuts: Cut[] = [{ start: inner.end + closing.length, end: node.end }];
  const simple = ['Identifier', 'MemberExpression', 'CallExpression'].includes(inner.type);
  if (simple && parent?.type === 'MemberExpression' && parent.object === node) {
    return [...cuts, { start: node.start - 1, end: node.start }, { start: node.end, end: node.end + 1 }];
  }
  const stands = parent?.type === 'VariableDeclarator' || parent?.type === 'ReturnStatement';
  if (!stands) return cuts;
  return [...cuts, { start: node.start, end: inner.start }, { start: inner.end, end: node.end }];
}

/** Parameters that were on lines of their own because of their types, on one line again where they fit. */
function joinParameters(text: string): string {
  return text
    .replace(/^( *.*)\(\n((?: +[\w$ ={}[\].:?,'*]+,\n)+) *\)(.*)$/gm, joined('(', ')'))
    .replace(/^( *(?:async )?function .*)\(\{\n((?: +[^\n]+,\n)+) *\}(.*)$/gm, joined('({ ', ' }'));
}

const joined =
  (open: string, close: string) =>
  (whole: string, before: string, inner: string, after: string): string => {
    const parameters = inner
      .trim()
      .replace(/,$/, '')
      .replace(/,\n\s*/g, ', ');
    const line = `${before}${open}${parameters}${close}${after}`;
    return line.length <= 110 ? line : whole;
  };

function applyCuts(text: string, cuts: Cut[], { start, end }: Cut): string {
  let out = '';
  let at = start;
  for (const cut of cuts.sort((a, b) => a.start - b.start)) {
    if (cut.start > at) out += text.slice(at, cut.start);
    at = Math.max(at, cut.end);
  }
  return out + text.slice(at, end);
}
