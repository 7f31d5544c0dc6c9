import { dirname, posix } from 'node:path';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import { MigrateError } from '../../../src/model/errors.ts';
import { child, children, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, type SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { relativeSpecifier } from '../../shared/edit/specifiers.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { answerText, isOfAnswers } from './answer-types.ts';

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
    const file = conversion.program.files.find((known) => known.path === each) ?? parsedOrNull(each, text);
    // What does not parse is named by the analysis, which passes over it, too.
    if (file !== null) takeDeclarations(conversion, conversion.workOf(file), path, imports, members);
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

function parsedOrNull(path: string, text: string): ParsedFile | null {
  try {
    return parseFile(path, text);
  } catch (error) {
    if (error instanceof MigrateError && error.code === 'SYNTAX_ERROR') return null;
    throw error;
  }
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
          (/^(Request|Locals)$/.test(String(child(node, 'id')?.name)) || isOfAnswers(conversion, node))
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
      const text = answerText(conversion, file, member) ?? memberText(file, member);
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
  // What stays as it was is typed by it.
  if (conversion.worlds !== null || conversion.originals !== null) return;
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
