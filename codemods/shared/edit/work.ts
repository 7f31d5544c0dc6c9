import { type Bindings, resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parentsOf } from '../../../src/workspace/syntax/walk.ts';
import { createDraft, type Draft, type Part, type Range, range, spanIn } from './draft.ts';
import { type Layout, layoutOf } from './layout.ts';

/** One file under conversion. */
export interface FileWork {
  file: ParsedFile;
  bindings: Bindings;
  parents: ReadonlyMap<SyntaxNode, SyntaxNode>;
  draft: Draft;
  layout: Layout;
  /** Names to import: module (`hono`, `parity`, …) to imported name to local name. */
  wanted: Map<string, Map<string, { local: string; type: boolean }>>;
  /** Local names promised to imports. */
  taken: Set<string>;
  /** Values in an object that a call is handed, and whose function takes them out of it by name. */
  handedInside: Map<SyntaxNode, { call: SyntaxNode; argument: SyntaxNode }>;
}

/** The files that a codemod rewrites. */
export interface Editing {
  files: Map<string, FileWork>;
  /** Above zero while code is only being judged: nothing is recorded. */
  dry: number;
  workOf(file: ParsedFile): FileWork;
}

export function createEditing(): Editing {
  const files = new Map<string, FileWork>();
  return {
    files,
    dry: 0,
    workOf(file) {
      let work = files.get(file.path);
      if (work === undefined) {
        work = {
          file,
          bindings: resolveBindings(file),
          parents: parentsOf(file),
          draft: createDraft(file),
          layout: layoutOf(file),
          wanted: new Map(),
          taken: new Set(),
          handedInside: new Map(),
        };
        files.set(file.path, work);
      }
      return work;
    },
  };
}

/** Replaces a range of a file, unless its code is only being judged. */
export function replace(
  editing: Pick<Editing, 'dry'>,
  work: FileWork,
  span: SyntaxNode | Range,
  parts: readonly Part[],
  rule: string,
): void {
  if (editing.dry === 0) work.draft.replace(span, parts, rule);
}

export const spanOf = (node: SyntaxNode): Range => range(node, node.start, node.end);

/** Source text of a node or range of the file. */
export function textOf({ file }: FileWork, place: SyntaxNode | Range): string {
  const { start, end } = spanIn(file, place);
  return file.text.slice(start, end);
}
