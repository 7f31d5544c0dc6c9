import { calleeOf, child, children, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, range } from '../edit/draft.ts';
import { importsOf, requiredModule } from '../edit/imports-of.ts';
import { relativeSpecifier, usesModules } from '../edit/specifiers.ts';
import { REPLACED_PACKAGES } from '../packages/_known.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';

/** Writes the imports that are left to write, after the last import of the file. */
export function addImports(conversion: Conversion, work: FileWork, places: { parity: string; env: string }) {
  const lines = [
    'hono',
    '@hono/node-server',
    '@hono/node-server/conninfo',
    ...[...work.wanted.keys()].filter((module) => /^hono\/(?!utils\/)/.test(module)).sort(),
    'hono/utils/http-status',
    'hono/utils/stream',
    'node:http',
    'node:stream',
    'env',
    'parity',
  ]
    .filter((module) => work.wanted.has(module) && !(module === 'env' && places.env === work.file.path))
    .map((module) => {
      const target = module === 'parity' ? places.parity : module === 'env' ? places.env : null;
      return importLines(
        work,
        module,
        target === null ? module : relativeSpecifier(conversion, work, target),
      );
    })
    .filter((line) => line !== null);
  if (lines.length === 0) return;
  const statements = children(work.file.program, 'body');
  const imports = importsOf(work);
  const removed = (statement: SyntaxNode) =>
    imports.some((each) => each.statement === statement && REPLACED_PACKAGES.has(each.module));
  const run = leadingImports(statements);
  // One whose end is gone is gone as a whole: what is inserted there would go with it.
  const stands = (statement: SyntaxNode) =>
    work.draft.keeps(range(statement, statement.end - 1, statement.end));
  const lineOf = (statement: SyntaxNode) => {
    const start = work.layout.lineStart(statement.start);
    return range(statement, start, start);
  };
  const last = run.findLast((statement) => !removed(statement) && stands(statement));
  const { newline } = work.layout;
  const text = lines.join(newline);
  const place = statements.find((statement) => removed(statement));
  if (place !== undefined && !run.includes(place) && !usesModules(work)) {
    // What stands before it may be there to run first: `require('dotenv').config()`.
    if (work.draft.replaces(place)) return work.draft.insert(atEnd(place), newline + text, 'imports');
    return work.draft.insert(lineOf(place), text + newline, 'imports');
  }
  const replaced = run.find((statement) => work.draft.replaces(statement));
  if (last !== undefined) return work.draft.insert(atEnd(last), newline + text, 'imports');
  if (replaced !== undefined) return work.draft.insert(atEnd(replaced), newline + text, 'imports');
  const [first] = statements;
  const directive = first !== undefined && typeof first.directive === 'string' && first.directive !== '';
  if (directive) return work.draft.insert(atEnd(first), newline + text, 'imports');
  const gone = run[0];
  if (gone !== undefined) return work.draft.insert(lineOf(gone), text + newline, 'imports');
  const top = firstOffset(work, first, work.file.comments[0]);
  work.draft.lead(range(work.file.program, top, top), text + newline + newline, 'imports');
}

/** The imports a file starts with: a `require` further down runs too late for what stands before it. */
function leadingImports(statements: readonly SyntaxNode[]): SyntaxNode[] {
  const run: SyntaxNode[] = [];
  for (const statement of statements) {
    if (typeof statement.directive === 'string' && statement.directive !== '') continue;
    if (loadsEnvironment(statement)) run.push(statement);
    else if (!isImport(statement)) break;
    else run.push(statement);
  }
  return run;
}

/** `require('dotenv').config()`, `dotenv.config()`: what is imported after it may read what it sets. */
function loadsEnvironment(statement: SyntaxNode): boolean {
  const call = statement.type === 'ExpressionStatement' ? child(statement, 'expression') : null;
  const callee = call?.type === 'CallExpression' ? calleeOf(call) : null;
  const object = callee?.type === 'MemberExpression' ? child(callee, 'object') : null;
  return requiredModule(object) === 'dotenv' || isIdentifier(object, 'dotenv');
}

/** Before the comment that belongs to the first statement; after a shebang. */
function firstOffset(
  work: FileWork,
  first: SyntaxNode | undefined,
  comment: { start: number } | undefined,
): number {
  const start = first?.start ?? 0;
  if (comment === undefined || comment.start > start || work.file.text.startsWith('#!')) return start;
  return comment.start;
}

const isImport = (statement: SyntaxNode): boolean =>
  statement.type === 'ImportDeclaration' ||
  (statement.type === 'VariableDeclaration' &&
    children(statement, 'declarations').every(
      (declarator) => requiredModule(child(declarator, 'init')) !== null,
    ));

/** One import statement in the file's own style; null when nothing of the module is wanted. */
export function importLines(work: FileWork, module: string, specifier = module): string | null {
  const names = [...(work.wanted.get(module) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  if (names.length === 0) return null;
  const { semicolon } = work.layout;
  const from = work.layout.string(specifier);
  if (!usesModules(work)) {
    const list = names.map(([name, { local }]) => (name === local ? name : `${name}: ${local}`));
    return braced(work, 'const ', list, ` = require(${from})${semicolon}`);
  }
  const types = names.every(([, { type }]) => type);
  const list = names.map(([name, { local, type }]) => {
    const text = name === local ? name : `${name} as ${local}`;
    return type && !types ? `type ${text}` : text;
  });
  return braced(work, types ? 'import type ' : 'import ', list, ` from ${from}${semicolon}`);
}

/** On one line, or one name a line where that would be too long. */
function braced(work: FileWork, before: string, names: readonly string[], after: string): string {
  const line = `${before}{ ${names.join(', ')} }${after}`;
  if (line.length <= 100) return line;
  const { newline, unit } = work.layout;
  return `${before}{${names.map((name) => `${newline}${unit}${name},`).join('')}${newline}}${after}`;
}
