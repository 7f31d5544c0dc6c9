import { type ParserPlugin, parse } from '@babel/parser';
import type { ASTNode, ASTPath, Collection, Identifier, JSCodeshift } from 'jscodeshift';
import { type Binding, resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import { parseFile } from '../../../src/workspace/syntax/parse.ts';
import { scopesWithin } from '../../../src/workspace/syntax/scopes/scopes.ts';

/** A file as a transform sees it: jscodeshift's tree, and what each name in it means. */
export interface Source {
  path: string;
  text: string;
  j: JSCodeshift;
  root: Collection;
  /** Written with `import` and `export`. */
  esm: boolean;
  /** The quote that most strings of the file have. */
  quote: "'" | '"';
  /** Whether an identifier refers to what the file does not declare: `require`, `process`. */
  isGlobal(node: Identifier): boolean;
  /** What an identifier declares or refers to. */
  bindingOf(node: Identifier): Binding | null;
  /** Every use of a declared name, its declaration left out. */
  usesOf(binding: Binding): ASTPath<Identifier>[];
  /** The comments that stand inside a node, as they are written. */
  commentsIn(node: object): string[];
  /** Whether nothing in the file is called so, declared or not. */
  isFree(name: string): boolean;
  /** Whether nothing in the file is declared by that name: it is the global of Node.js everywhere. */
  isUndeclared(name: string): boolean;
}

/** A node's range of the text: every node that came from a parser has one. */
export const spanOf = (node: object): { start: number; end: number } => {
  const { start, end } = node as { start?: number | null; end?: number | null };
  if (typeof start !== 'number' || typeof end !== 'number') throw new Error('the node is not of the text');
  return { start, end };
};

/**
 * Parses a file for a transform. A byte order mark and a `#!` line are read as spaces, so that offsets are those of the text.
 *
 * @throws what `@babel/parser` throws, or MigrateError `SYNTAX_ERROR`
 */
export function openSource(path: string, text: string, jscodeshift: JSCodeshift): Source {
  // recast counts columns after it made spaces of tabs and one line ending of all, and hands its parser that text: with one
  // space for each such character, places in its tree are places in the file.
  const blank = text
    .replace(/^\uFEFF?(?:#![^\r\n]*)?/, (head) => ' '.repeat(head.length))
    .replace(/^[\t ]+|\r(?=\n)/gm, (spaces) => ' '.repeat(spaces.length));
  const j = jscodeshift.withParser({ parse: () => parseAny(path, blank) });
  const root = j(blank);
  const file = parseFile(path, text);
  const names = resolveBindings(file);
  const bindings = new Map<number, Binding>();
  for (const binding of names.bindings) {
    for (const node of [...binding.declarations, ...binding.references.map((each) => each.node)])
      bindings.set(node.start, binding);
  }
  const globals = new Set(
    names.globals.filter(({ node }) => !names.isDynamic(node)).map(({ node }) => node.start),
  );
  const paths = new Map<number, ASTPath<Identifier>>();
  root.find(j.Identifier).forEach((each) => {
    // Of a shorthand `{ x }`, key and value stand at one place: what is met last is the value.
    paths.set(spanOf(each.node).start, each);
  });
  const declared = new Set<string>();
  for (const scope of scopesWithin(names.module)) {
    for (const name of scope.bindings.keys()) declared.add(name);
  }
  const used = new Set(names.globals.map(({ node }) => String(node.name)));
  const quotes = text.split("'").length >= text.split('"').length ? "'" : '"';
  return {
    ...{ path, text, j, root, esm: file.moduleSyntax, quote: quotes },
    isGlobal: (node) => globals.has(spanOf(node).start),
    bindingOf: (node) => bindings.get(spanOf(node).start) ?? null,
    usesOf: (binding) =>
      binding.references
        .filter(({ node }) => !binding.declarations.includes(node))
        .flatMap(({ node }) => paths.get(node.start) ?? []),
    commentsIn: (node) => {
      const { start, end } = spanOf(node);
      const inside = file.comments.filter((each) => each.start > start && each.end < end);
      return inside.map((each) => text.slice(each.start, each.end));
    },
    isFree: (name) => !declared.has(name) && !used.has(name),
    isUndeclared: (name) => !declared.has(name),
  };
}

/** JavaScript may be JSX and TypeScript may not; a file that is neither may hold Flow's types. */
function parseAny(path: string, source: string): ASTNode {
  const read = (plugins: ParserPlugin[]) =>
    parse(source, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      tokens: true,
      plugins: [...plugins, 'decorators-legacy'],
    }) as unknown as ASTNode;
  if (/\.[cm]?ts$/.test(path)) return read(['typescript']);
  try {
    return read(['jsx', 'typescript']);
  } catch (error) {
    if (/\.tsx$/.test(path)) throw error;
    try {
      return read(['jsx', 'flow']);
    } catch {
      throw error;
    }
  }
}
