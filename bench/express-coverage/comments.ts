import expressToHono from '../../codemods/express-to-hono/index.ts';
import { runOnTree, type Tree } from '../../src/codemod/cases.ts';
import { children } from '../../src/workspace/syntax/nodes.ts';
import { parseFile } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';
import { isSource } from '../../src/workspace/text.ts';

/**
 * Handing an error on is what Hono does by itself: such a statement goes, and a comment on it goes with it. Every other
 * comment stays.
 */
const GOES = /^(?:if \((\w+)\) )?(?:return )?next\(\w+\);?$/;

/** A comment of its own above every statement that begins a line, and which statement that is. */
export function comment(tree: Tree): { tree: Tree; above: ReadonlyMap<string, string> } {
  const above = new Map<string, string>();
  const commented = new Map<string, string>();
  for (const [path, text] of tree)
    commented.set(path, isSource(path) ? commentFile(path, text, above) : text);
  return { tree: commented, above };
}

function commentFile(path: string, text: string, above: Map<string, string>): string {
  const places: { start: number; indent: string; statement: string }[] = [];
  walk(parseFile(path, text).program, {
    enter(node) {
      if (node.type !== 'Program' && node.type !== 'BlockStatement') return;
      for (const { start, end, directive } of children(node, 'body')) {
        const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
        const isFirst = indent.trim() === '' && typeof directive !== 'string';
        if (isFirst) places.push({ start, indent, statement: text.slice(start, end) });
      }
    },
  });
  let now = text;
  for (const { start, indent, statement } of places.sort((a, b) => b.start - a.start)) {
    const name = `comment ${above.size} `;
    above.set(name, statement);
    now = `${now.slice(0, start)}// ${name}\n${indent}${now.slice(start)}`;
  }
  return now;
}

/** Statements whose comment the codemod lost, in a tree with a comment above each. */
export async function lostComments(
  files: Tree,
  codemod: typeof expressToHono = expressToHono,
): Promise<string[]> {
  const { tree, above } = comment(files);
  const after = [...(await runOnTree(codemod, tree, {})).tree.values()].join('\n');
  return [...above]
    .filter(([name, statement]) => !after.includes(`// ${name}`) && !GOES.test(statement))
    .map(([, statement]) => statement);
}
