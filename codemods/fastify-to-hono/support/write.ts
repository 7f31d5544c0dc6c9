import { child, children, isIdentifier, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, type SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { stripTypes } from '../../../src/workspace/syntax/strip-types.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';

/** How a support file is to be written. */
export interface Style {
  typescript: boolean;
  /** JavaScript with `require`. */
  commonjs: boolean;
  /** How imports name another support file: `.js`, `.ts`, or nothing. */
  extension: string;
}

/** A support file, as the project writes its own: TypeScript as it is, JavaScript without types. */
export function writeSupport(name: string, source: string, style: Style): string {
  const file = parseFile(name, style.typescript ? source : withoutThis(name, source));
  const statements = children(file.program, 'body').filter(
    (statement) => style.typescript || !isTypeOnly(statement),
  );
  const exported: string[] = [];
  let text = '';
  for (const statement of statements) {
    const lead = commentsBefore(file, statement);
    const written = statementText(file, statement, style, exported).trim();
    if (written === '') continue;
    const isClose = /^(?:import|const \{.*\} = require|const \w+ = require)/.test(written) && lead === '';
    text += `${text === '' ? '' : isClose ? '\n' : '\n\n'}${lead}${written}`;
  }
  const tail =
    style.commonjs && exported.length > 0 ? `\n\nmodule.exports = { ${exported.join(', ')} };` : '';
  return `${text}${tail}\n`.replace(/^ *\/\/ biome-ignore .*\n/gm, '');
}

/** The text without parameters called `this`: they are types. */
function withoutThis(name: string, source: string): string {
  const { program } = parseFile(name, source);
  return findAll(program, 'FunctionExpression', 'FunctionDeclaration')
    .flatMap((fn) => {
      const [first, second] = children(fn, 'params');
      return isIdentifier(first, 'this') ? [{ start: first.start, end: second?.start ?? first.end }] : [];
    })
    .reverse()
    .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), source);
}

function isTypeOnly(statement: SyntaxNode): boolean {
  const declaration = child(statement, 'declaration') ?? statement;
  return (
    /^TS(?:Interface|TypeAlias)Declaration$/.test(declaration.type) ||
    declaration.declare === true ||
    (statement.type === 'ImportDeclaration' && statement.importKind === 'type')
  );
}

/** The comments right above a statement, the one that opens the file included. */
function commentsBefore({ comments, text }: ParsedFile, { start }: SyntaxNode): string {
  let from = start;
  for (const comment of [...comments].reverse())
    if (comment.end <= from && text.slice(comment.end, from).trim() === '') from = comment.start;
  return text.slice(from, start);
}

function statementText(file: ParsedFile, statement: SyntaxNode, style: Style, exported: string[]): string {
  if (statement.type === 'ImportDeclaration') return importText(file, statement, style);
  const text = style.typescript
    ? file.text.slice(statement.start, statement.end)
    : stripTypes(file.text, statement);
  const declaration = child(statement, 'declaration');
  if (!style.commonjs || declaration === null) return text;
  for (const name of [
    child(declaration, 'id'),
    ...children(declaration, 'declarations').map((each) => child(each, 'id')),
  ])
    if (isIdentifier(name)) exported.push(String(name.name));
  return text.replace(/^export /, '');
}

function importText(
  file: ParsedFile,
  statement: SyntaxNode,
  { typescript, commonjs, extension }: Style,
): string {
  const module = literalText(child(statement, 'source')) ?? '';
  const target = module.startsWith('./') ? module.replace(/\.ts$/, commonjs ? extension : extension) : module;
  if (typescript) return file.text.slice(statement.start, statement.end).replace(module, target);
  const specifiers = children(statement, 'specifiers').filter(({ importKind }) => importKind !== 'type');
  const whole = specifiers.find(({ type }) => type === 'ImportDefaultSpecifier');
  const names = specifiers
    .filter(({ type }) => type === 'ImportSpecifier')
    .map((each) => file.text.slice(each.start, each.end));
  const local = whole === undefined ? null : String(child(whole, 'local')?.name);
  if (commonjs) return `const ${local ?? `{ ${names.join(', ')} }`} = require('${target}');`;
  return `import ${[local, names.length > 0 ? `{ ${names.join(', ')} }` : null].filter(Boolean).join(', ')} from '${target}';`;
}
