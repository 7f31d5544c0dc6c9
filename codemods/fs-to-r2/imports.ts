import type { SpanEdit } from '../../src/codemod/contract.ts';
import { freshName } from '../../src/workspace/syntax/bindings.ts';
import { children } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { atEnd, atStart, range } from '../shared/edit/draft.ts';
import { importsOf } from '../shared/edit/imports-of.ts';
import { usesModules } from '../shared/edit/specifiers.ts';
import { removeUnused } from '../shared/edit/unused-imports.ts';
import { createEditing, type FileWork } from '../shared/edit/work.ts';
import { relativeSpecifier } from './folder-expression.ts';

/** How a repository writes the paths of its own modules: with `.js`, `.ts` or no extension. */
export const extensionStyle = (file: ParsedFile): ((path: string) => string) =>
  styleOf(createEditing().workOf(file));

function styleOf(work: FileWork): (path: string) => string {
  const own = importsOf(work).flatMap(({ module }) => (module.startsWith('.') ? [module] : []));
  const written = own.map((specifier) => /\.[cm]?[jt]sx?$/.exec(specifier)?.[0]).find(Boolean);
  return (path) => {
    const bare = path.replace(/\.[cm]?[jt]sx?$/, '');
    if (written !== undefined) return bare + written;
    return work.file.module === 'cjs' || own.length > 0 ? bare : path.replace(/\.([cm]?)ts$/, '.$1js');
  };
}

export interface ImportChange {
  /** The name the storage module has in this file. */
  local: string;
  /** Records that an identifier is no longer used. */
  drop(identifier: SyntaxNode): void;
  edits(): SpanEdit[];
}

/** Brings the storage module into a file, and takes out what was imported of `node:fs` and is no longer used. */
export function importStorage(file: ParsedFile, storage: string): ImportChange {
  const editing = createEditing();
  const work = editing.workOf(file);
  const local = freshName(work.bindings.module, 'fileStorage');
  const dropped = new Set<SyntaxNode>();
  const { newline, semicolon, string } = work.layout;
  const from = string(relativeSpecifier(file.path, styleOf(work)(storage)));
  const line = usesModules(work)
    ? `import * as ${local} from ${from}${semicolon}`
    : `const ${local} = require(${from})${semicolon}`;

  function edits(): SpanEdit[] {
    const imports = importsOf(work);
    for (const found of imports) removeUnused(editing, work, found, (node) => dropped.has(node));
    const last = imports.at(-1)?.statement;
    const [first] = children(file.program, 'body');
    const directive = children(file.program, 'body').findLast((one) => typeof one.directive === 'string');
    if (last !== undefined && work.draft.keeps(range(last, last.end - 1, last.end)))
      work.draft.insert(atEnd(last), newline + line, 'imports');
    else if (last !== undefined) {
      const start = work.layout.lineStart(last.start);
      work.draft.insert(range(last, start, start), line + newline, 'imports');
    } else if (directive !== undefined)
      work.draft.insert(atEnd(directive), newline + newline + line, 'imports');
    else if (first !== undefined) work.draft.lead(atStart(first), line + newline + newline, 'imports');
    return work.draft.edits();
  }
  return { local, drop: (identifier) => dropped.add(identifier), edits };
}
