import type { Node } from 'oxc-parser';
import { visit } from './parity-ast.ts';

interface Cut {
  start: number;
  end: number;
}

/** Removes the TypeScript of `source` between `start` and `end`; everything else stays as it was written. */
export function stripTypes(source: string, root: Node, start: number, end: number): string {
  const cuts: Cut[] = [];
  visit(root, (node, parent) => {
    switch (node.type) {
      case 'TSTypeAnnotation':
      case 'TSTypeParameterDeclaration':
      case 'TSTypeParameterInstantiation':
        cuts.push({ start: node.start, end: node.end });
        return false;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        cuts.push({ start: node.expression.end, end: node.end }, ...needlessParentheses(node, parent));
        return true;
      case 'Identifier':
        if (node.optional) cuts.push(questionMark(source, node));
        return true;
      default:
        return true;
    }
  });
  return joinParameters(applyCuts(source, cuts, start, end));
}

/** Parameters that were on lines of their own because of their types, on one line again where they fit. */
function joinParameters(text: string): string {
  return text.replace(
    /^( *)(.*)\(\n((?: +[\w$ ={}[\].:?]+,\n)+) *\)(.*)$/gm,
    (whole, indent, before, inner, after) => {
      const parameters = inner
        .trim()
        .replace(/,$/, '')
        .replace(/,\n\s*/g, ', ');
      const line = `${indent}${before}(${parameters})${after}`;
      return line.length <= 110 ? line : whole;
    },
  );
}

/** `(x as T).y` needs its parentheses, `(x).y` does not; nor do `= (a ?? b)` and `return (await x)`. */
function needlessParentheses(node: Node & { expression: Node }, parent: Node | undefined): Cut[] {
  const simple = ['Identifier', 'MemberExpression', 'CallExpression'].includes(node.expression.type);
  if (parent?.type === 'ParenthesizedExpression') return simple ? parenthesesOf(parent) : [];
  const stands = parent?.type === 'VariableDeclarator' || parent?.type === 'ReturnStatement';
  return stands && node.expression.type === 'ParenthesizedExpression' ? parenthesesOf(node.expression) : [];
}

const parenthesesOf = ({ start, end }: Node): Cut[] => [
  { start, end: start + 1 },
  { start: end - 1, end },
];

/** The `?` of an optional parameter stands just before its type. */
function questionMark(source: string, node: Node): Cut {
  const at = source.indexOf('?', node.start);
  return { start: at, end: at + 1 };
}

function applyCuts(source: string, cuts: Cut[], start: number, end: number): string {
  let text = '';
  let at = start;
  for (const cut of cuts.sort((a, b) => a.start - b.start)) {
    if (cut.start < at) {
      at = Math.max(at, cut.end);
      continue;
    }
    text += source.slice(at, cut.start);
    at = cut.end;
  }
  return text + source.slice(at, end);
}
