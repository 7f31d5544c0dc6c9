import { basename, dirname, extname, posix } from 'node:path';
import type { Binding } from '../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  literalText,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { REPLACED_PACKAGES } from './bridges.ts';
import { type Conversion, type FileWork, refuse, replace } from './conversion.ts';
import { deleteStatement } from './emit.ts';
import { convertMulter } from './packages.ts';

/** One import of a package: the statement and the names it makes. */
export interface PackageImport {
  module: string;
  statement: SyntaxNode;
  /** The declarator of a `require`, or the statement again. */
  declarator: SyntaxNode;
  bindings: Binding[];
}

/** Imports and requires at the top level of a file, in order. */
export function importsOf(work: FileWork): PackageImport[] {
  const found: PackageImport[] = [];
  for (const statement of children(work.file.program, 'body')) {
    if (statement.type === 'ImportDeclaration') {
      const module = literalText(child(statement, 'source'));
      if (module === null) continue;
      const bindings = children(statement, 'specifiers').map((specifier) =>
        bindingOf(work, child(specifier, 'local')),
      );
      found.push({
        module,
        statement,
        declarator: statement,
        bindings: bindings.filter((each) => each !== null),
      });
    }
    if (statement.type === 'ExpressionStatement') {
      const module = requiredModule(child(statement, 'expression'));
      if (module !== null) found.push({ module, statement, declarator: statement, bindings: [] });
    }
    if (statement.type !== 'VariableDeclaration') continue;
    for (const declarator of children(statement, 'declarations')) {
      const module = requiredModule(child(declarator, 'init'));
      if (module === null) continue;
      const id = child(declarator, 'id');
      const names =
        id?.type === 'ObjectPattern'
          ? children(id, 'properties').map((property) => child(property, 'value'))
          : [id];
      const bindings = names.map((name) => bindingOf(work, name)).filter((each) => each !== null);
      found.push({ module, statement, declarator, bindings });
    }
  }
  return found;
}

const bindingOf = (work: FileWork, node: SyntaxNode | null): Binding | null =>
  isIdentifier(node) ? work.bindings.bindingOf(node) : null;

/** `x` for `require('x')`, `require('x').Router` and `require('x')()`. */
function requiredModule(node: SyntaxNode | null): string | null {
  const inner = node === null ? null : unwrap(node);
  if (inner?.type === 'MemberExpression') return requiredModule(child(inner, 'object'));
  if (inner?.type !== 'CallExpression') return null;
  return isIdentifier(calleeOf(inner), 'require') ? literalText(argumentsOf(inner)[0]) : null;
}

/** Takes imports away whose names are no longer used, and refuses what still uses them. */
export function removeImports(
  conversion: Conversion,
  work: FileWork,
  isGone: (node: SyntaxNode) => boolean,
): void {
  for (const found of importsOf(work)) {
    if (!REPLACED_PACKAGES.has(found.module)) {
      removeUnused(conversion, work, found, isGone);
      continue;
    }
    const kept = new Set<SyntaxNode>();
    for (const binding of found.bindings) {
      for (const { node, type } of binding.references) {
        if (isGone(node)) continue;
        // A type nothing else is known for stays Express's: types do not run.
        if (found.module === 'express' && type) {
          kept.add(binding.node);
          continue;
        }
        if (found.module === 'multer' && convertMulter(conversion, work, node)) continue;
        refuse(
          conversion,
          work,
          node,
          'imports',
          `this use of \`${binding.name}\` from \`${found.module}\` has no rule`,
        );
      }
    }
    const declarators = children(found.statement, 'declarations');
    if (declarators.length > 1) {
      refuse(conversion, work, found.statement, 'imports', 'several modules are required in one declaration');
      continue;
    }
    const own = found.module === 'express' ? importLines(work, 'hono') : null;
    if (kept.size > 0) {
      const lines = [...(own === null ? [] : [own]), keptTypes(work, found.statement, kept)];
      work.wanted.delete('hono');
      replace(conversion, work, found.statement, [lines.join(work.layout.newline)], 'imports');
    } else if (own === null) deleteStatement(conversion, work, found.statement, 'imports');
    else {
      work.wanted.delete('hono');
      replace(conversion, work, found.statement, [own], 'imports');
    }
  }
}

/** The types of Express that functions behind the bridge still name. */
function keptTypes(work: FileWork, statement: SyntaxNode, kept: ReadonlySet<SyntaxNode>): string {
  const specifiers = children(statement, 'specifiers').filter((each) => {
    const local = child(each, 'local');
    return local !== null && kept.has(local);
  });
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
  const whole = specifiers.filter(({ type }) => type !== 'ImportSpecifier');
  const text = (node: SyntaxNode) => work.file.text.slice(node.start, node.end).replace(/^type /, '');
  const from = `from ${work.layout.string('express')}${work.layout.semicolon}`;
  return [
    ...whole.map((each) => `import type ${text(each)} ${from}`),
    ...(named.length > 0 ? [`import type { ${named.map(text).join(', ')} } ${from}`] : []),
  ].join(work.layout.newline);
}

/** Names of another import that only dropped code used go with it. */
function removeUnused(
  conversion: Conversion,
  work: FileWork,
  found: PackageImport,
  isGone: (node: SyntaxNode) => boolean,
): void {
  const unused = found.bindings.filter(
    ({ references }) => references.length > 0 && references.every(({ node }) => isGone(node)),
  );
  if (unused.length === 0) return;
  if (unused.length === found.bindings.length && children(found.statement, 'declarations').length < 2) {
    deleteStatement(conversion, work, found.statement, 'imports/unused');
    return;
  }
  const pattern =
    found.statement.type === 'ImportDeclaration' ? found.statement : child(found.declarator, 'id');
  const items =
    pattern === null
      ? []
      : children(pattern, pattern.type === 'ImportDeclaration' ? 'specifiers' : 'properties');
  const names = new Set(unused.map(({ node }) => node));
  for (const [index, item] of items.entries()) {
    const local = child(item, 'local') ?? child(item, 'value');
    const next = items[index + 1];
    const previous = items[index - 1];
    if (local === null || !names.has(local) || !/^(ImportSpecifier|Property)$/.test(item.type)) continue;
    const start =
      next === undefined &&
      previous !== undefined &&
      !names.has(child(previous, 'local') ?? child(previous, 'value') ?? previous)
        ? previous.end
        : item.start;
    replace(conversion, work, { start, end: next?.start ?? item.end }, [''], 'imports/unused');
  }
}

/** Writes the imports that are left to write, after the last import of the file. */
export function addImports(conversion: Conversion, work: FileWork, places: { parity: string; env: string }) {
  const lines = [
    'hono',
    '@hono/node-server',
    'hono/streaming',
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
  const removed = ({ end }: SyntaxNode) => !work.draft.keeps({ start: end - 1, end });
  const run = leadingImports(statements);
  const last = run.findLast((statement) => !removed(statement));
  const { newline } = work.layout;
  const text = lines.join(newline);
  const replaced = run.find((statement) => work.draft.replaces(statement));
  if (last !== undefined) return work.draft.insert(last.end, newline + text, 'imports');
  if (replaced !== undefined) return work.draft.insert(replaced.end, newline + text, 'imports');
  const [first] = statements;
  const directive = first !== undefined && typeof first.directive === 'string' && first.directive !== '';
  if (directive) return work.draft.insert(first.end, newline + text, 'imports');
  const gone = run[0];
  if (gone !== undefined)
    return work.draft.insert(work.layout.lineStart(gone.start), text + newline, 'imports');
  work.draft.insert(firstOffset(work, first, work.file.comments[0]), text + newline + newline, 'imports');
}

/** The imports a file starts with: a `require` further down runs too late for what stands before it. */
function leadingImports(statements: readonly SyntaxNode[]): SyntaxNode[] {
  const run: SyntaxNode[] = [];
  for (const statement of statements) {
    if (typeof statement.directive === 'string' && statement.directive !== '') continue;
    if (!isImport(statement)) break;
    run.push(statement);
  }
  return run;
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
function importLines(work: FileWork, module: string, specifier = module): string | null {
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

const usesModules = (work: FileWork): boolean =>
  work.file.typescript || work.file.moduleSyntax || work.file.module === 'esm';

/** How the file would name another one: with the extension its own imports use. */
function relativeSpecifier(conversion: Conversion, work: FileWork, target: string): string {
  const own = importsOf(work)
    .map(({ module }) => module)
    .filter((module) => module.startsWith('.'));
  const all = [...conversion.files.values()]
    .flatMap((each) => importsOf(each).map(({ module }) => module))
    .filter((module) => module.startsWith('.'));
  const relative = posix.relative(dirname(work.file.path), dirname(target));
  const stem = basename(target, extname(target));
  const base =
    relative === ''
      ? `./${stem}`
      : relative.startsWith('.')
        ? `${relative}/${stem}`
        : `./${relative}/${stem}`;
  if (!usesModules(work)) return /\.cjs$/.test(target) ? `${base}.cjs` : base;
  if (!work.file.typescript) return base + extname(target);
  const any = own.some((module) => /\.[cm]?[jt]sx?$/.test(module)) ? own : all;
  if (any.some((module) => /\.[cm]?tsx?$/.test(module))) return base + extname(target);
  if (any.some((module) => /\.[cm]?js$/.test(module)) || (own.length === 0 && work.file.module === 'esm'))
    return base + extname(target).replace('ts', 'js');
  return base;
}
