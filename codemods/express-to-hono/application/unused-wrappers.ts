import type { Place } from '../../../src/workspace/express/program.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { calleeOf, child, children, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { deleteStatement, removeItems } from '../../shared/edit/emit.ts';
import { ownWrappers } from '../facts/wrappers.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { holds, type Named, type Target } from '../state/worlds.ts';
import { exportsOf } from '../worlds/places/exports-of.ts';
import { placesOf } from '../worlds/places/named-places.ts';
import { declarationAround } from '../worlds/targets.ts';

const RULE = 'packages/wrapper';

/**
 * Takes the declaration of a wrapper away that nothing calls any more, with its file where nothing else stands in it. One that
 * something else names, a test as well, stays.
 *
 * @param dropped the calls of wrappers that are gone
 */
export function dropUnusedWrappers(
  conversion: Conversion,
  modules: Modules,
  dropped: ReadonlySet<SyntaxNode>,
): void {
  // What stays in Express calls it as before.
  if (conversion.worlds !== null) return;
  const gone = ownWrappers(conversion.program).flatMap((place) => {
    const target = unusedOf(conversion, modules, place, dropped);
    return target === null ? [] : [target];
  });
  for (const work of new Set(gone.map((target) => target.work))) {
    const own = gone.filter((target) => target.work === work);
    const statements = own.flatMap(({ statement }) => (statement.type === 'Property' ? [] : [statement]));
    const exported = own.flatMap((target) =>
      exportsOf(target).flatMap(({ by }) => (by === null ? [] : [by])),
    );
    const left = children(work.file.program, 'body').filter(
      (each) => !statements.includes(each) && !exported.includes(each) && !isEmptied(each, exported),
    );
    if (left.every(isIdle) && statements.length > 0) {
      conversion.deleted.push(work.file.path);
      conversion.files.delete(work.file.path);
      continue;
    }
    for (const each of statements) deleteStatement(conversion, work, each, RULE);
    for (const each of exported.filter(({ type }) => /Statement$|Declaration$/.test(type)))
      deleteStatement(conversion, work, each, RULE);
    removeFromLists(conversion, work, [
      ...exported.filter(({ type }) => /^(ExportSpecifier|Property)$/.test(type)),
      ...own.flatMap(({ statement }) => (statement.type === 'Property' ? [statement] : [])),
    ]);
  }
}

/** The declaration of a wrapper, where all that names it is a call that is gone, or hands it on to one. */
function unusedOf(
  { workOf }: Conversion,
  modules: Modules,
  { file, node }: Place,
  dropped: ReadonlySet<SyntaxNode>,
): Target | null {
  const work = workOf(file);
  const target = declarationAround(work, node, file.program);
  if (target === null || unwrap(target.value) !== node) return null;
  const exported = exportsOf(target).flatMap(({ by }) => (by === null ? [] : [by]));
  const places = placesOf(target, modules, workOf).filter(
    (place) => place.work !== work || !exported.some((by) => holds(by, place.node)),
  );
  if (places.length === 0 || !places.every((place) => isCalledIn(place, dropped))) return null;
  // A module that names it and never calls it would miss it.
  const callers = new Set(places.map((place) => place.work.file.path));
  return modules.importersOf(file.path).every((path) => callers.has(path)) ? target : null;
}

/** Whether a place names what one of some calls calls: `wrap` of `wrap(fn)`, or of `utils.wrap(fn)`. */
function isCalledIn({ work, node }: Named, calls: ReadonlySet<SyntaxNode>): boolean {
  for (let at = node, up = work.parents.get(at); up !== undefined; at = up, up = work.parents.get(at))
    if (calls.has(up) && calleeOf(up) === at) return true;
  return false;
}

/** `module.exports = { asyncHandler };`, of which nothing is left. */
function isEmptied(statement: SyntaxNode, gone: readonly SyntaxNode[]): boolean {
  const assignment = child(statement, 'expression');
  const object = assignment === null ? null : child(assignment, 'right');
  const items = object === null ? children(statement, 'specifiers') : children(object, 'properties');
  return (
    statement.type !== 'ImportDeclaration' && items.length > 0 && items.every((each) => gone.includes(each))
  );
}

/** An import, or a directive, which nothing needs by itself. */
const isIdle = (statement: SyntaxNode): boolean =>
  (statement.type === 'ImportDeclaration' && children(statement, 'specifiers').length > 0) ||
  (statement.type === 'ExpressionStatement' && typeof statement.directive === 'string');

function removeFromLists(conversion: Conversion, work: FileWork, gone: readonly SyntaxNode[]): void {
  for (const list of new Set(gone.flatMap((each) => work.parents.get(each) ?? []))) {
    const items = children(list, list.type === 'ObjectExpression' ? 'properties' : 'specifiers');
    const statement = work.parents.get(work.parents.get(list) ?? list);
    if (!items.every((each) => gone.includes(each)))
      removeItems(conversion, work, items, (each) => gone.includes(each), RULE);
    else if (list.type === 'ExportNamedDeclaration') deleteStatement(conversion, work, list, RULE);
    else if (statement?.type === 'ExpressionStatement') deleteStatement(conversion, work, statement, RULE);
  }
}
