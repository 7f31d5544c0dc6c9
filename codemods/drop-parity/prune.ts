import {
  child,
  children,
  field,
  isIdentifier,
  isMember,
  propertyKeyName,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { range } from '../shared/edit/draft.ts';
import { deleteStatement, removeItems } from '../shared/edit/emit.ts';
import { importsOf } from '../shared/edit/imports-of.ts';
import { type Editing, type FileWork, replace, textOf } from '../shared/edit/work.ts';

interface Declared {
  name: string;
  statement: SyntaxNode;
  exported: boolean;
  /** Where it is named. */
  references: readonly SyntaxNode[];
}

/** What pruning a parity module leaves. */
export interface Pruned {
  /** Nothing is exported any more: the file can go. */
  empty: boolean;
  /** Packages the module no longer imports. */
  packages: string[];
}

/**
 * Takes functions out of a parity module, and what only they needed: helpers, constants, types, imports, headings. What was
 * not reachable before is the user's own and stays.
 */
export function prune(editing: Editing, work: FileWork, dropped: ReadonlySet<string>): Pruned {
  const declared = declarations(work);
  const list = exportList(work);
  const roots = new Set([
    ...declared.filter(({ exported }) => exported).map(({ name }) => name),
    ...(list === null ? [] : children(list, 'properties').map((each) => propertyKeyName(each) ?? '')),
  ]);
  const before = reachable(declared, roots);
  const after = reachable(declared, new Set([...roots].filter((name) => !dropped.has(name))));
  const gone = declared.filter(({ name }) => before.has(name) && !after.has(name));
  for (const { statement } of gone) removeWithComment(editing, work, statement);
  removeHeadings(editing, work, gone);
  const packages = pruneImports(editing, work, (node) =>
    gone.some(({ statement }) => holds(statement, node)),
  );
  const empty = [...roots].every((name) => dropped.has(name));
  const isGone = (property: SyntaxNode) => dropped.has(propertyKeyName(property) ?? '');
  if (list !== null && !empty) removeItems(editing, work, children(list, 'properties'), isGone, RULE);
  return { empty, packages };
}

/** Whether a module declares a name at its top. */
export const declares = (work: FileWork, name: string): boolean =>
  declarations(work).some((each) => each.name === name);

function declarations(work: FileWork): Declared[] {
  const imports = importStatements(work);
  return children(work.file.program, 'body').flatMap((statement): Declared[] => {
    const exported = statement.type === 'ExportNamedDeclaration';
    const node = exported ? child(statement, 'declaration') : statement;
    const holder = node?.type === 'VariableDeclaration' ? children(node, 'declarations')[0] : node;
    const id = holder ? child(holder, 'id') : null;
    if (!node || imports.has(statement) || !isIdentifier(id)) return [];
    return [{ name: field(id, 'name'), statement, exported, references: referencesOf(work, id) }];
  });
}

const importStatements = (work: FileWork): ReadonlySet<SyntaxNode> =>
  new Set(importsOf(work).map(({ statement }) => statement));

const referencesOf = (work: FileWork, id: SyntaxNode): SyntaxNode[] =>
  work.bindings.bindingOf(id)?.references.map(({ node }) => node) ?? [];

const holds = (outer: SyntaxNode, inner: SyntaxNode): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Names reached from some: what is named inside a declaration is needed by it. */
function reachable(declared: readonly Declared[], roots: ReadonlySet<string>): Set<string> {
  const found = new Set(roots);
  for (const name of found) {
    const own = declared.filter((each) => each.name === name);
    for (const { name: next, references } of declared)
      if (references.some((node) => own.some(({ statement }) => holds(statement, node)))) found.add(next);
  }
  return found;
}

/** The object of `module.exports = { … }`. */
function exportList(work: FileWork): SyntaxNode | null {
  for (const statement of children(work.file.program, 'body')) {
    const assignment = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
    const left = assignment?.type === 'AssignmentExpression' ? child(assignment, 'left') : null;
    const right = left && assignment ? child(assignment, 'right') : null;
    if (
      left &&
      isMember(left) &&
      textOf(work, left) === 'module.exports' &&
      right?.type === 'ObjectExpression'
    )
      return right;
  }
  return null;
}

const RULE = 'parity/module';

/** A statement goes with the comment that stands on it and the blank line after it. */
function removeWithComment(editing: Editing, work: FileWork, statement: SyntaxNode): void {
  const { text, comments } = work.file;
  let { start } = statement;
  for (let own = commentBefore(start); own !== undefined; own = commentBefore(start)) start = own.start;
  function commentBefore(offset: number) {
    return comments.findLast(
      (each) => each.end <= offset && /^[ \t]*\r?\n?[ \t]*$/.test(text.slice(each.end, offset)),
    );
  }
  const blank = /^[ \t]*(?:\r?\n){0,2}/.exec(text.slice(statement.end))?.[0].length ?? 0;
  replace(editing, work, range(statement, start, statement.end + blank), [''], RULE);
}

/** `// Every response` goes when nothing is left under it. */
function removeHeadings(editing: Editing, work: FileWork, gone: readonly Declared[]): void {
  const { text, comments } = work.file;
  const imports = importStatements(work);
  const statements = children(work.file.program, 'body').filter((each) => !imports.has(each));
  const headings = comments.filter(
    (each) =>
      /^\/\/ [A-Z]/.test(text.slice(each.start, each.end)) && /^\s*\r?\n\r?\n/.test(text.slice(each.end)),
  );
  for (const [index, heading] of headings.entries()) {
    const end = headings[index + 1]?.start ?? text.length;
    const under = statements.filter(
      (each) =>
        each.start > heading.end && each.end <= end && !textOf(work, each).startsWith('module.exports'),
    );
    if (under.length === 0 || under.some((each) => !gone.some(({ statement }) => statement === each)))
      continue;
    const blank = /^(?:\r?\n)*/.exec(text.slice(heading.end))?.[0].length ?? 0;
    replace(editing, work, range(work.file.program, heading.start, heading.end + blank), [''], RULE);
  }
}

/** Imports of the module that nothing in it names any more, and the packages that went with them. */
function pruneImports(editing: Editing, work: FileWork, isGone: (node: SyntaxNode) => boolean): string[] {
  const packages: string[] = [];
  const still = new Set<string>();
  for (const { module, statement, bindings } of importsOf(work)) {
    const unused = bindings.filter(
      ({ references }) => references.length > 0 && references.every(({ node }) => isGone(node)),
    );
    if (unused.length < bindings.length || bindings.length === 0) still.add(module);
    if (unused.length === 0) continue;
    if (unused.length === bindings.length) {
      removeImport(editing, work, statement);
      if (!/^(node:|\.|hono(\/|$))/.test(module)) packages.push(module);
      continue;
    }
    const names = new Set(unused.map(({ name }) => name));
    const declarator = children(statement, 'declarations')[0];
    const pattern = declarator === undefined ? null : child(declarator, 'id');
    const items = pattern === null ? children(statement, 'specifiers') : children(pattern, 'properties');
    const isUnused = (item: SyntaxNode) => {
      const local = child(item, 'local') ?? child(item, 'value');
      return local !== null && names.has(field(local, 'name')) && item.type !== 'ImportDefaultSpecifier';
    };
    removeItems(editing, work, items, isUnused, RULE);
  }
  return packages.filter((name) => !still.has(name));
}

/** An import goes with the `@ts-ignore` above it. */
function removeImport(editing: Editing, work: FileWork, statement: SyntaxNode): void {
  const { text, comments } = work.file;
  const note = comments.findLast(
    (each) =>
      each.end <= statement.start &&
      /@ts-/.test(text.slice(each.start, each.end)) &&
      text.slice(each.end, statement.start).trim() === '',
  );
  if (note !== undefined) replace(editing, work, range(statement, note.start, statement.start), [''], RULE);
  deleteStatement(editing, work, statement, RULE);
}
