import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { child, children, field } from '../../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { stripTypes } from '../../../src/workspace/syntax/strip-types.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';

/** How support files are written. */
export interface SupportStyle {
  typescript: boolean;
  /** `import` and `export`, or `require`. */
  esm: boolean;
  /** What follows the name of a support file where another one imports it: `.js`, `.ts`, or nothing. */
  extension: string;
}

/** A small file that is written out into applications, as a whole. */
export interface SupportFile {
  name: string;
  text: string;
  exports: ReadonlySet<string>;
  /** Packages it loads. */
  packages: ReadonlySet<string>;
  /** Other support files it loads. */
  needs: ReadonlySet<string>;
  program: SyntaxNode;
}

const folders = new Map<string, ReadonlyMap<string, SupportFile>>();

/**
 * The support files of a folder, by name. Each is TypeScript with named imports and exports, the package `default` apart.
 *
 * @param server a file in `on-<server>` stands for the one of its name
 */
export function supportFiles(folder: URL, server = 'node'): ReadonlyMap<string, SupportFile> {
  const own = new URL(`on-${server}/`, folder);
  return existsSync(own) ? new Map([...filesIn(folder), ...filesIn(own)]) : filesIn(folder);
}

function filesIn(folder: URL): ReadonlyMap<string, SupportFile> {
  const known = folders.get(folder.href);
  if (known !== undefined) return known;
  const files = new Map<string, SupportFile>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const name = basename(file, '.ts');
    files.set(name, readSupport(name, readFileSync(new URL(file, folder), 'utf8')));
  }
  folders.set(folder.href, files);
  return files;
}

function readSupport(name: string, text: string): SupportFile {
  const { program } = parseFile(`${name}.ts`, text);
  const exports = new Set<string>();
  const packages = new Set<string>();
  const needs = new Set<string>();
  for (const statement of children(program, 'body')) {
    const source = sourceOf(statement);
    if (source?.startsWith('./')) needs.add(basename(source, '.ts'));
    else if (source !== null && field(statement, 'importKind') !== 'type') packages.add(source);
    if (statement.type === 'ExportNamedDeclaration') for (const own of declared(statement)) exports.add(own);
  }
  return { name, text, exports, packages, needs, program };
}

const sourceOf = (statement: SyntaxNode): string | null => {
  const source = statement.type === 'ImportDeclaration' ? child(statement, 'source') : null;
  return source === null ? null : String(source.value);
};

function declared(statement: SyntaxNode): string[] {
  const node = child(statement, 'declaration');
  if (node === null || /^TS(Interface|TypeAlias)/.test(node.type)) return [];
  const named = node.type === 'VariableDeclaration' ? children(node, 'declarations') : [node];
  return named.map((each) => field(child(each, 'id') ?? each, 'name'));
}

/** The files that hold some functions, and those that these need. */
export function filesFor(all: ReadonlyMap<string, SupportFile>, names: Iterable<string>): SupportFile[] {
  const wanted = new Set<SupportFile>();
  const pending = [...names].map((name) => {
    const found = [...all.values()].find(({ exports }) => exports.has(name));
    if (found === undefined) throw new Error(`no support file has ${name}`);
    return found;
  });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (wanted.has(next)) continue;
    wanted.add(next);
    for (const name of next.needs) {
      const needed = all.get(name);
      if (needed !== undefined) pending.push(needed);
    }
  }
  return [...wanted].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text of a support file in the style of an application. */
export function printSupport({ text, program }: SupportFile, style: SupportStyle): string {
  const statements = children(program, 'body');
  const parts: string[] = [];
  const exported: string[] = [];
  let end = 0;
  for (const statement of statements) {
    const gap = text.slice(end, statement.start).replace(/^ *\/\/ (biome-ignore|@ts-).*\n/gm, '');
    end = statement.end;
    const isType = isTypeOnly(statement);
    if (!style.typescript && isType) {
      const comment = statement.type === 'ImportDeclaration' ? gap.length : gap.lastIndexOf('/**');
      parts.push(gap.slice(0, comment < 0 ? gap.length : comment));
      continue;
    }
    parts.push(gap);
    if (statement.type === 'ImportDeclaration') parts.push(printImport(statement, style));
    else if (style.typescript) parts.push(text.slice(statement.start, statement.end));
    else {
      const inner = statement.type === 'ExportNamedDeclaration' ? child(statement, 'declaration') : null;
      exported.push(...(statement.type === 'ExportNamedDeclaration' ? declared(statement) : []));
      const plain = stripTypes(text, inner ?? statement);
      parts.push(style.esm && inner !== null ? `export ${plain}` : plain);
    }
  }
  const strict = style.typescript || style.esm ? '' : `'use strict';\n\n`;
  const tail = style.typescript || style.esm ? '' : `\n\nmodule.exports = { ${exported.join(', ')} };`;
  return `${strict}${parts.join('').trim()}${tail}\n`.replace(/\n{3,}/g, '\n\n');
}

const isTypeOnly = (statement: SyntaxNode): boolean => {
  if (statement.type === 'ImportDeclaration') return field(statement, 'importKind') === 'type';
  const node = statement.type === 'ExportNamedDeclaration' ? child(statement, 'declaration') : statement;
  return node !== null && (/^TS(Interface|TypeAlias)/.test(node.type) || node.declare === true);
};

function printImport(statement: SyntaxNode, style: SupportStyle): string {
  const source = sourceOf(statement) ?? '';
  const from = source.startsWith('./') ? source.replace(/\.ts$/, style.extension) : source;
  const typed = (node: SyntaxNode) => field(node, 'importKind') === 'type';
  const kept = children(statement, 'specifiers').filter((each) => style.typescript || !typed(each));
  const main = kept.find(({ type }) => type === 'ImportDefaultSpecifier');
  const named = kept
    .filter((each) => each !== main)
    .map((each) => `${typed(each) ? 'type ' : ''}${field(child(each, 'local') ?? each, 'name')}`);
  const list = named.length > 0 ? `{ ${named.join(', ')} }` : '';
  const name = main === undefined ? '' : field(child(main, 'local') ?? main, 'name');
  if (style.typescript || style.esm)
    return `import ${typed(statement) ? 'type ' : ''}${[name, list].filter(Boolean).join(', ')} from '${from}';`;
  return [name, list]
    .filter(Boolean)
    .map((each) => `const ${each} = require('${from}');`)
    .join('\n');
}

/** Whether a support file names something: used by tests. */
export const namesIn = ({ program }: SupportFile): Set<string> =>
  new Set(findAll(program, 'Identifier').map((node) => field(node, 'name')));
