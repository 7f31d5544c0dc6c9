import { child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, atStart, range } from '../../shared/edit/draft.ts';
import { deleteStatement, removeItems } from '../../shared/edit/emit.ts';
import { importsOf, type PackageImport } from '../../shared/edit/imports-of.ts';
import { relativeSpecifier, usesModules } from '../../shared/edit/specifiers.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import type { Conversion } from '../state/conversion.ts';

/** The order that imports are written in: packages by name, the application's own last. */
const rank = (module: string): string =>
  module === 'hono' ? '0' : module.startsWith('support:') ? `2${module}` : `1${module}`;

/**
 * Takes out imports that nothing uses any more and writes those that are wanted in their place.
 *
 * @param supportFile the path of the support file that has a function
 */
export function rewriteImports(
  cv: Conversion,
  work: FileWork,
  gone: ReadonlySet<string>,
  supportFile: (name: string) => string,
) {
  const imports = importsOf(work);
  const dropped = imports.filter((each) => gone.has(each.module) && isUnused(work, each));
  const lines = wantedLines(cv, work, supportFile);
  const statements = new Set(dropped.map(({ statement }) => statement));
  const whole = [...statements].filter((statement) => isWholly(statement, dropped));
  const { newline } = work.layout;
  const [first, ...rest] = whole.sort((a, b) => a.start - b.start);
  for (const statement of statements) {
    if (whole.includes(statement)) continue;
    const declarators = new Set(
      dropped.filter((each) => each.statement === statement).map(({ declarator }) => declarator),
    );
    removeItems(
      cv.editing,
      work,
      children(statement, 'declarations'),
      (item) => declarators.has(item),
      'imports/removed',
    );
  }
  for (const statement of rest) deleteStatement(cv.editing, work, statement, 'imports/removed');
  const code = firstCode(work);
  if (first !== undefined && lines.length > 0 && code !== undefined && code.start < first.start) {
    // What runs between the imports uses what is written for it: `const router = require('@koa/router')()`.
    deleteStatement(cv.editing, work, first, 'imports/removed');
    const start = work.layout.lineStart(code.start);
    return work.draft.lead(range(code, start, start), lines.join(newline) + newline, 'imports');
  }
  if (first !== undefined) {
    if (lines.length > 0) work.draft.replace(first, [lines.join(newline)], 'imports');
    else deleteStatement(cv.editing, work, first, 'imports/removed');
    return;
  }
  if (lines.length === 0) return;
  const last = leading(work)
    .filter(({ end }) => code === undefined || end <= code.start)
    .at(-1);
  if (last !== undefined) return work.draft.insert(atEnd(last), newline + lines.join(newline), 'imports');
  const [top] = children(work.file.program, 'body');
  if (top === undefined)
    return work.draft.insert(range(work.file.program, 0, 0), lines.join(newline) + newline, 'imports');
  if (typeof top.directive === 'string')
    return work.draft.insert(atEnd(top), newline + newline + lines.join(newline), 'imports');
  const comment = work.file.comments.find(({ start }) => start < top.start);
  const place =
    comment !== undefined && !work.file.text.startsWith('#!')
      ? range(work.file.program, comment.start, comment.start)
      : atStart(top);
  work.draft.lead(place, lines.join(newline) + newline + newline, 'imports');
}

/** The first statement that does more than load a module. */
const firstCode = (work: FileWork): SyntaxNode | undefined => {
  const plain = new Set(
    importsOf(work).flatMap(({ statement, declarator }) => {
      const init = statement.type === 'VariableDeclaration' ? child(declarator, 'init') : null;
      return init?.type === 'CallExpression' && child(init, 'callee')?.type !== 'Identifier'
        ? []
        : [statement];
    }),
  );
  return children(work.file.program, 'body').find(
    (statement) =>
      !plain.has(statement) && !(typeof statement.directive === 'string' && statement.directive !== ''),
  );
};

/** Imports and requires that a file begins with. */
function leading(work: FileWork): SyntaxNode[] {
  const imports = new Set(importsOf(work).map(({ statement }) => statement));
  const found: SyntaxNode[] = [];
  for (const statement of children(work.file.program, 'body')) {
    if (typeof statement.directive === 'string' && statement.directive !== '') continue;
    if (!imports.has(statement)) break;
    found.push(statement);
  }
  return found;
}

const isWholly = (statement: SyntaxNode, dropped: readonly PackageImport[]): boolean =>
  statement.type !== 'VariableDeclaration' ||
  children(statement, 'declarations').every((each) => dropped.some(({ declarator }) => declarator === each));

/** Whether every use of an import's names is gone, and the import makes nothing by itself. */
function isUnused(work: FileWork, { bindings, declarator, statement }: PackageImport): boolean {
  const init = statement.type === 'VariableDeclaration' ? child(declarator, 'init') : null;
  if (init !== null && init.type === 'CallExpression' && child(init, 'callee')?.type !== 'Identifier')
    return false;
  return bindings.every(({ references }) => references.every(({ node }) => !work.draft.keeps(node)));
}

function wantedLines(cv: Conversion, work: FileWork, supportFile: (name: string) => string): string[] {
  const { semicolon, string } = work.layout;
  const modules = new Map<string, { local: string; name: string; type: boolean }[]>();
  for (const [module, names] of work.wanted) {
    for (const [name, { local, type }] of names) {
      const key = module === 'support' ? `support:${supportFile(name)}` : module;
      modules.set(key, [...(modules.get(key) ?? []), { local, name, type }]);
    }
  }
  return [...modules]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .flatMap(([module, names]) => {
      const from = string(
        module.startsWith('support:')
          ? relativeSpecifier(cv.editing, work, module.slice('support:'.length))
          : module,
      );
      const sorted = names.sort((a, b) => (a.name < b.name ? -1 : 1));
      const main = module === 'http-errors' ? sorted[0]?.local : undefined;
      if (!usesModules(work)) {
        const list =
          main ??
          `{ ${sorted.map(({ name, local }) => (name === local ? name : `${name}: ${local}`)).join(', ')} }`;
        return `const ${list} = require(${from})${semicolon}`;
      }
      if (main !== undefined) return `import ${main} from ${from}${semicolon}`;
      // Types by themselves: compilers before TypeScript 4.5 do not read `{ type Context }`.
      return [true, false].flatMap((isType) => {
        const own = sorted.filter(({ type }) => type === isType);
        const list = own.map(({ name, local }) => (name === local ? name : `${name} as ${local}`)).join(', ');
        return own.length === 0 ? [] : `import ${isType ? 'type ' : ''}{ ${list} } from ${from}${semicolon}`;
      });
    });
}
