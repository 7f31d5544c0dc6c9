import { child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { deleteStatement, removeItems } from '../../shared/edit/emit.ts';
import { type FileWork, spanOf } from '../../shared/edit/work.ts';
import { queryIn } from '../members/reads.ts';
import { want } from '../state/conversion.ts';
import type { Aliases, Copy } from './aliases.ts';
import { type Frame, within } from './frame.ts';

/** Takes out declarations whose names are written out where they are used; a copy that is used as a whole stays declared. */
export function dropAliases(frame: Frame, declarators: Aliases['declarators']) {
  const { cv, work, done, isContext } = frame;
  const declarations = new Set([...declarators.keys()].map((each) => work.parents.get(each) as SyntaxNode));
  for (const [declarator, copies] of declarators) {
    const init = child(declarator, 'init');
    for (const node of init === null ? [] : within(init)) if (isContext(node)) done.add(node);
    if (copies.length > 0) work.draft.replace(declarator, declared(frame, copies), 'body/alias');
  }
  const isGone = (each: SyntaxNode) => declarators.get(each)?.length === 0;
  for (const declaration of declarations) {
    const all = children(declaration, 'declarations');
    if (all.every(isGone)) deleteStatement(cv.editing, work, declaration, 'body/alias');
    else removeItems(cv.editing, work, all, isGone, 'body/alias');
  }
}

/** `query = c.req.query()`. */
function declared(frame: Frame, copies: readonly Copy[]): Part[] {
  const { cv, work, c } = frame;
  return copies.flatMap(({ name, member }, index): Part[] => {
    const isParams = member.endsWith('.params');
    const plain = isParams ? `${c}.req.param()` : `${c}.req.header()`;
    const params = isParams && !cv.beside ? `${want(cv, work, 'support', 'paramsOf')}(${c})` : plain;
    const value = member === 'request.query' ? queryIn(frame) : params;
    return [index > 0 ? ', ' : '', spanOf(name), ` = ${value}`];
  });
}

/** `{ params }`: a name that cannot be written otherwise where it stands. */
export const isShorthand = (work: FileWork, node: SyntaxNode): boolean =>
  work.parents.get(node)?.shorthand === true;
