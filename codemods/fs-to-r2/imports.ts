import type { SpanEdit } from '../../src/codemod/contract.ts';
import { type Binding, freshName, resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import { child, children, isIdentifier, literalText } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { relativeSpecifier } from './folder-expression.ts';

/** How a repository writes the paths of its own modules: with `.js`, `.ts` or no extension. */
export function extensionStyle(file: ParsedFile): (path: string) => string {
  const own = [...file.text.matchAll(/(?:from|require\(|import)\s*['"](\.{1,2}\/[^'"]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  const written = own.map((specifier) => /\.[cm]?[jt]sx?$/.exec(specifier)?.[0]).find(Boolean);
  return (path) => {
    const bare = path.replace(/\.[cm]?[jt]sx?$/, '');
    if (written !== undefined) return bare + written;
    return file.module === 'cjs' || own.length > 0 ? bare : path.replace(/\.([cm]?)ts$/, '.$1js');
  };
}

export interface ImportChange {
  /** The name the storage module has in this file. */
  local: string;
  /** Records that an identifier is no longer used. */
  drop(identifier: SyntaxNode): void;
  edits(): SpanEdit[];
}

/** Brings the storage module into a file, and takes out what was imported of `node:fs` and is no longer used. */
export function importStorage(file: ParsedFile, storage: string): ImportChange {
  const bindings = resolveBindings(file);
  const local = freshName(bindings.module, 'fileStorage');
  const dropped = new Set<SyntaxNode>();
  const specifier = relativeSpecifier(file.path, extensionStyle(file)(storage));
  const quote = /require\("|from "/.test(file.text) ? '"' : "'";
  const end = /^(?:import|const)\b.*[^;\s]$/m.test(file.text) && !/;\s*$/m.test(file.text) ? '' : ';';
  const line =
    file.module === 'cjs' && !file.moduleSyntax
      ? `const ${local} = require(${quote}${specifier}${quote})${end}`
      : `import * as ${local} from ${quote}${specifier}${quote}${end}`;

  function edits(): SpanEdit[] {
    const found: SpanEdit[] = [];
    const statements = children(file.program, 'body');
    for (const statement of statements) {
      if (!isImport(statement)) continue;
      const names = namesOf(statement);
      const unused = names.filter((name) => {
        const binding = bindings.bindingOf(name.local);
        return binding !== null && isUnused(binding, dropped);
      });
      if (unused.length === 0) continue;
      if (unused.length === names.length)
        found.push({ span: wholeLine(file, statement), text: '', rule: 'imports' });
      else found.push(...withoutNames(file, statement, names, unused));
    }
    const last = statements.filter((statement) => isImport(statement)).at(-1);
    const after = last ?? statements.filter((one) => typeof one.directive === 'string').at(-1);
    const gap = last === undefined && after !== undefined ? '\n\n' : '\n';
    if (after === undefined) found.push({ span: { start: 0, end: 0 }, text: `${line}\n\n`, rule: 'imports' });
    else {
      const removed = found.find(
        ({ span, text }) => text === '' && span.start <= after.start && span.end >= after.end,
      );
      if (removed !== undefined) removed.text = `${line}\n`;
      else found.push({ span: { start: after.end, end: after.end }, text: gap + line, rule: 'imports' });
    }
    return found;
  }
  return { local, drop: (identifier) => dropped.add(identifier), edits };
}

const isUnused = (binding: Binding, dropped: ReadonlySet<SyntaxNode>): boolean =>
  binding.references.some(({ node }) => dropped.has(node)) &&
  binding.references.every(({ node }) => dropped.has(node) || node === binding.node);

const isImport = (statement: SyntaxNode): boolean =>
  statement.type === 'ImportDeclaration' ||
  (statement.type === 'VariableDeclaration' &&
    children(statement, 'declarations').length === 1 &&
    isRequire(child(children(statement, 'declarations')[0] ?? statement, 'init')));

function isRequire(init: SyntaxNode | null): boolean {
  if (init?.type === 'MemberExpression') return isRequire(child(init, 'object'));
  return (
    init?.type === 'CallExpression' &&
    isIdentifier(child(init, 'callee'), 'require') &&
    literalText(children(init, 'arguments')[0]) !== null
  );
}

interface Name {
  local: SyntaxNode;
  /** What can be taken out for it. */
  node: SyntaxNode;
}

/** The names an import or require statement declares. */
function namesOf(statement: SyntaxNode): Name[] {
  if (statement.type === 'ImportDeclaration') {
    return children(statement, 'specifiers').map((node) => ({ node, local: child(node, 'local') ?? node }));
  }
  const id = child(children(statement, 'declarations')[0] ?? statement, 'id');
  if (id === null) return [];
  if (id.type === 'Identifier') return [{ node: id, local: id }];
  return children(id, 'properties').map((node) => ({
    node,
    local: child(node, 'value') ?? child(node, 'argument') ?? node,
  }));
}

function wholeLine(file: ParsedFile, statement: SyntaxNode): { start: number; end: number } {
  const newline = /^[ \t]*\r?\n/.exec(file.text.slice(statement.end));
  return { start: statement.start, end: statement.end + (newline?.[0].length ?? 0) };
}

/** `import a, { b } from` with the names that are left. */
function withClause(file: ParsedFile, statement: SyntaxNode, kept: readonly Name[]): SpanEdit {
  const text = ({ node }: Name) => file.text.slice(node.start, node.end);
  const named = kept.filter(({ node }) => node.type === 'ImportSpecifier').map(text);
  const others = kept.filter(({ node }) => node.type !== 'ImportSpecifier').map(text);
  const clause = [...others, ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ');
  const start = children(statement, 'specifiers')[0]?.start ?? statement.start;
  const source = child(statement, 'source')?.start ?? statement.end;
  const end = file.text.slice(0, source).lastIndexOf('from');
  return { span: { start, end }, text: `${clause} `, rule: 'imports' };
}

/** Takes names out of a list, each with the comma that separates it. */
function withoutNames(
  file: ParsedFile,
  statement: SyntaxNode,
  names: readonly Name[],
  unused: readonly Name[],
): SpanEdit[] {
  const kept = names.filter((name) => !unused.includes(name));
  const isMixed = names.some(({ node }) => node.type === 'ImportDefaultSpecifier') && names.length > 1;
  if (isMixed) return [withClause(file, statement, kept)];
  const lastKept = kept.at(-1);
  const found: SpanEdit[] = [];
  for (const [index, name] of names.entries()) {
    const next = names[index + 1];
    if (name === lastKept && next !== undefined) {
      const end = names.at(-1)?.node.end ?? name.node.end;
      found.push({ span: { start: name.node.end, end }, text: '', rule: 'imports' });
      break;
    }
    if (!unused.includes(name) || next === undefined) continue;
    found.push({ span: { start: name.node.start, end: next.node.start }, text: '', rule: 'imports' });
  }
  return found;
}
