import { child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { deleteStatement, removeItems } from '../../shared/edit/emit.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { type Frame, within } from './frame.ts';

/** Takes out declarations whose names are written out where they are used. */
export function dropAliases({ cv, work, done, isContext }: Frame, declarators: ReadonlySet<SyntaxNode>) {
  const declarations = new Set([...declarators].map((each) => work.parents.get(each) as SyntaxNode));
  for (const declarator of declarators) {
    const init = child(declarator, 'init');
    for (const node of init === null ? [] : within(init)) if (isContext(node)) done.add(node);
  }
  for (const declaration of declarations) {
    const all = children(declaration, 'declarations');
    if (all.every((each) => declarators.has(each)))
      deleteStatement(cv.editing, work, declaration, 'body/alias');
    else removeItems(cv.editing, work, all, (each) => declarators.has(each), 'body/alias');
  }
}

/** `{ params }`: a name that cannot be written otherwise where it stands. */
export const isShorthand = (work: FileWork, node: SyntaxNode): boolean =>
  work.parents.get(node)?.shorthand === true;
