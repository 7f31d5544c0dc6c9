import { dirname, posix } from 'node:path';
import type { CodemodInput } from '../../src/codemod/contract.ts';
import {
  child,
  children,
  field,
  isFunction,
  isIdentifier,
  literalText,
} from '../../src/workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { walk } from '../../src/workspace/syntax/walk.ts';
import { type Conversion, type FileWork, replace } from './conversion.ts';
import { deleteStatement } from './emit.ts';
import { convertFunctionType } from './function-types.ts';
import { importName } from './imports.ts';
import { importsOf } from './imports-of.ts';
import { staysExpress } from './kept-functions.ts';
import { needsNext } from './signature.ts';
import { relativeSpecifier } from './write-imports.ts';

/** `Context<AppEnv>`, with both names imported. */
export function contextType(conversion: Conversion, work: FileWork): string {
  return `${importName(conversion, work, 'hono', 'Context', { type: true })}<${appEnv(conversion, work)}>`;
}

/** The name of the application's environment type in a file. */
export const appEnv = (conversion: Conversion, work: FileWork): string =>
  importName(conversion, work, 'env', 'AppEnv', { type: true });

/** Rewrites Express's types where they are named; what has no counterpart is refused with the other imports. */
export function convertTypes(conversion: Conversion) {
  for (const work of conversion.files.values()) {
    if (!work.file.typescript) continue;
    for (const found of importsOf(work).filter(({ module }) => module === 'express')) {
      for (const binding of found.bindings) {
        const imported = importedName(found.statement, binding.node);
        for (const { node, type } of binding.references) {
          const reference = typeReference(work, node);
          if (reference === null || (!type && reference === node)) continue;
          if (staysExpress(conversion, work, node)) continue;
          convertReference(conversion, work, reference, imported ?? binding.name, node);
        }
      }
    }
  }
}

function importedName(statement: SyntaxNode, local: SyntaxNode): string | null {
  const specifier = children(statement, 'specifiers').find((each) => child(each, 'local') === local);
  const imported = specifier === undefined ? null : child(specifier, 'imported');
  return imported === null ? null : field(imported, 'name');
}

/** The whole type that a name is part of: `Request<{ id: string }>`, `express.Request`. */
function typeReference(work: FileWork, node: SyntaxNode): SyntaxNode | null {
  let up = work.parents.get(node);
  while (up !== undefined && up.type === 'TSQualifiedName') up = work.parents.get(up);
  return up?.type === 'TSTypeReference' ? up : null;
}

function convertReference(
  conversion: Conversion,
  work: FileWork,
  reference: SyntaxNode,
  name: string,
  node: SyntaxNode,
) {
  const qualified = work.parents.get(node);
  const right = qualified?.type === 'TSQualifiedName' ? child(qualified, 'right') : null;
  const type = right === null ? name : field(right, 'name');
  const hono = (imported: string) =>
    `${importName(conversion, work, 'hono', imported, { type: true })}<${appEnv(conversion, work)}>`;
  const put = (text: string) => replace(conversion, work, reference, [text], `types/${type}`);
  if (!work.draft.keeps(reference)) return;
  const signature = functionTypeOf(work, reference);
  if (signature !== null && /^(Request|Response|NextFunction)$/.test(type ?? '')) {
    // Its parameters do not go name by name; a method's would take its implementations along.
    const isPlain = signature.type === 'TSFunctionType' && conversion.bridgedFunctions.size === 0;
    return isPlain ? convertFunctionType(conversion, work, signature) : undefined;
  }
  switch (type) {
    case 'Request':
    case 'Response':
      return put(contextType(conversion, work));
    case 'NextFunction':
      return put(importName(conversion, work, 'hono', 'Next', { type: true }));
    case 'Router':
    case 'IRouter':
      return put(hono('Hono'));
    case 'Express':
    case 'Application':
      return put(
        conversion.parity.has('nodeApp')
          ? `${importName(conversion, work, 'parity', 'NodeApp', { type: true })}<${hono('Hono')}>`
          : hono('Hono'),
      );
    case 'ErrorRequestHandler':
      return put(hono('ErrorHandler'));
    case 'RequestHandler':
      return put(hono(handlerType(conversion, work, reference)));
    default:
  }
}

/** The function type or method signature that a type is written in. */
function functionTypeOf(work: FileWork, reference: SyntaxNode): SyntaxNode | null {
  for (let up = work.parents.get(reference); up !== undefined; up = work.parents.get(up)) {
    if (up.type === 'TSFunctionType' || up.type === 'TSMethodSignature') return up;
    if (/Statement$|Declaration$/.test(up.type)) return null;
  }
  return null;
}

/** What a `RequestHandler` is in Hono depends on the function: middleware, a handler, or the 404 handler. */
function handlerType(conversion: Conversion, work: FileWork, reference: SyntaxNode): string {
  for (let up = work.parents.get(reference); up !== undefined; up = work.parents.get(up)) {
    const fn = up.type === 'VariableDeclarator' ? child(up, 'init') : isFunction(up) ? up : null;
    if (fn === null) continue;
    const units = [...conversion.units.values()].filter(
      (unit) => unit.work === work && fn.start <= unit.fn.node.start && unit.fn.node.end <= fn.end,
    );
    if (units.length === 0) break;
    const isNotFound = units.every((unit) =>
      unit.fn.uses.some(
        (use) =>
          use.kind === 'registered' &&
          use.registration.method === 'use' &&
          conversion.notFoundCalls.has(use.registration.call),
      ),
    );
    if (isNotFound) return 'NotFoundHandler';
    if (units.every((unit) => !needsNext(conversion, unit))) return 'Handler';
    break;
  }
  return 'MiddlewareHandler';
}

const NAMESPACE = /\bnamespace\s+Express\b|express-serve-static-core/;

/**
 * Moves what is declared on `Express.Request` and `Express.Locals` into the application's own `Variables`, and takes the
 * declaration away. The file is written when TypeScript files name `AppEnv`.
 */
export async function writeEnv(input: CodemodInput, conversion: Conversion, path: string): Promise<void> {
  const wanted = [...conversion.files.values()].some(({ wanted: names }) => names.has('env'));
  if (!wanted) return;
  const imports: string[] = [];
  const members: string[] = [];
  for (const each of input.paths) {
    if (!/\.[cm]?ts$/.test(each)) continue;
    const text = await input.read(each);
    if (text === null || !NAMESPACE.test(text)) continue;
    const work = conversion.workOf(
      conversion.program.files.find((file) => file.path === each) ?? parseFile(each, text),
    );
    takeDeclarations(conversion, work, path, imports, members);
  }
  const own = new Set(
    members.map((member) => /^(?:\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*(\w+)/.exec(member)?.[1] ?? ''),
  );
  const undeclared = [...conversion.variables].filter((name) => !own.has(name)).sort();
  const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
  const lines = [
    ...imports,
    ...(imports.length > 0 ? [''] : []),
    '/** What handlers find with `c.get(…)`, and who leaves it there. */',
    'export type Variables = {',
    ...(undeclared.length > 0 ? ["  // Untyped, as they were on Express's request and response."] : []),
    ...undeclared.map((name) => `  ${key(name)}: any;`),
    ...members.map((member) => `  ${member}`),
    '};',
    '',
    'export type AppEnv = { Variables: Variables };',
    '',
  ];
  conversion.created.set(path, lines.join('\n'));
}

/** Collects the members declared on Express's interfaces and removes the declaration, or the file with nothing else. */
function takeDeclarations(
  conversion: Conversion,
  work: FileWork,
  target: string,
  imports: string[],
  members: string[],
) {
  const { file } = work;
  const interfaces: SyntaxNode[] = [];
  walk(
    file.program,
    {
      enter(node) {
        if (
          node.type === 'TSInterfaceDeclaration' &&
          /^(Request|Locals)$/.test(String(child(node, 'id')?.name))
        )
          interfaces.push(node);
      },
    },
    { types: true },
  );
  const statements = children(file.program, 'body');
  const holders = statements.filter((statement) =>
    interfaces.some((each) => statement.start <= each.start && each.end <= statement.end),
  );
  for (const each of interfaces) {
    const body = child(each, 'body');
    for (const member of body === null ? [] : children(body, 'body')) {
      const text = memberText(file, member);
      if (!members.includes(text)) members.push(text);
    }
  }
  imports.push(...ownTypes(conversion, work, target, members));
  const others = statements.filter((statement) => !holders.includes(statement));
  const onlyImports = others.every(
    (statement) =>
      statement.type === 'ImportDeclaration' ||
      /^export\s*\{\s*\};?$/.test(file.text.slice(statement.start, statement.end)),
  );
  for (const statement of others) {
    const source = statement.type === 'ImportDeclaration' ? child(statement, 'source') : null;
    const specifier = literalText(source);
    if (source === null || specifier === null || children(statement, 'specifiers').length === 0) continue;
    if (specifier === 'express' || specifier.startsWith('express-serve')) continue;
    if (
      !members.some((member) =>
        children(statement, 'specifiers').some((each) =>
          new RegExp(`\\b${String(child(each, 'local')?.name)}\\b`).test(member),
        ),
      )
    )
      continue;
    const moved = specifier.startsWith('.') ? rebase(file.path, target, specifier) : specifier;
    imports.push(file.text.slice(statement.start, statement.end).replace(specifier, moved));
  }
  // Functions that stay are typed by it.
  if (conversion.bridgedFunctions.size > 0) return;
  if (onlyImports) {
    conversion.deleted.push(file.path);
    conversion.files.delete(file.path);
  } else for (const holder of holders) deleteStatement(conversion, work, holder, 'types/declaration-merging');
}

/** An import of the types that members name and the file itself exports. */
function ownTypes(
  conversion: Conversion,
  work: FileWork,
  target: string,
  members: readonly string[],
): string[] {
  const names = children(work.file.program, 'body').flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? child(statement, 'declaration') : null;
    const name = String(child(declared ?? statement, 'id')?.name);
    const named = declared !== null && members.some((member) => new RegExp(`\\b${name}\\b`).test(member));
    return named ? [name] : [];
  });
  if (names.length === 0) return [];
  const user = [...conversion.files.values()].find(({ wanted }) => wanted.has('env')) ?? work;
  const extension = /\.[cm]?[jt]s$/.exec(relativeSpecifier(conversion, user, target))?.[0] ?? '';
  const { name } = posix.parse(work.file.path);
  const from = rebase(work.file.path, target, `./${name}${extension}`);
  return [`import type { ${names.join(', ')} } from ${work.layout.string(from)}${work.layout.semicolon}`];
}

function rebase(from: string, to: string, specifier: string): string {
  const relative = posix.relative(dirname(to), posix.join(dirname(from), specifier));
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** A member with the comment above it, one level of indentation in. */
function memberText(file: ParsedFile, member: SyntaxNode): string {
  const comment = file.comments.findLast(
    (each) => each.end <= member.start && /^\s*$/.test(file.text.slice(each.end, member.start)),
  );
  const start = comment?.start ?? member.start;
  const column = start - (file.text.lastIndexOf('\n', start - 1) + 1);
  return file.text
    .slice(start, member.end)
    .split('\n')
    .map((line, index) =>
      index === 0 ? line : `  ${line.slice(Math.min(column, line.length - line.trimStart().length))}`,
    )
    .join('\n');
}

/** Type aliases of a request that nothing names any more. */
export function dropUnusedAliases(conversion: Conversion, work: FileWork) {
  for (const alias of findAliases(work)) {
    const id = child(alias, 'id');
    const binding = isIdentifier(id) ? work.bindings.bindingOf(id) : null;
    if (binding === null || binding.references.length === 0) continue;
    if (binding.references.some(({ node }) => work.draft.keeps(node))) continue;
    deleteStatement(conversion, work, alias, 'types/alias');
  }
}

const findAliases = (work: FileWork): SyntaxNode[] =>
  children(work.file.program, 'body').filter(
    (statement) =>
      statement.type === 'TSTypeAliasDeclaration' &&
      /\b(Request|Response)\b/.test(work.file.text.slice(statement.start, statement.end)),
  );
