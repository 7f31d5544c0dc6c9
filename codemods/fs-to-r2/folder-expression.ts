import { posix } from 'node:path';
import { type Binding, resolveBindings } from '../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import {
  child,
  children,
  field,
  isIdentifier,
  literalText,
  memberName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { Folder } from './folders.ts';
import type { HonoProgram } from './hono.ts';
import { staticPath } from './static-path.ts';

/** A folder as the storage module can say it. */
export interface FolderExpression {
  text: string;
  /** What must be imported for it: from a file, under a local name; `whole` is the module itself (`require`, `* as`, default). */
  source: { path: string; local: string; form: 'whole' | 'default' | 'named' } | null;
}

/**
 * How the storage module can name the folder, or null: then nothing outside the file that uses it can.
 *
 * @param home the file that the storage module stands beside
 */
export function folderExpression(
  { flow }: HonoProgram,
  modules: Modules,
  folder: Folder,
  home: ParsedFile,
): FolderExpression | null {
  const { file } = folder;
  const node = unwrap(folder.node);
  const imported = express(modules, file, node, 0);
  if (imported !== null) return imported;
  // In a bundle every module has the `__dirname` of one folder, so only files of that folder mean the same by it.
  const beside =
    posix.dirname(file.path) === posix.dirname(home.path) && home.module === 'cjs' && !home.moduleSyntax;
  const path = beside ? staticPath(flow, file, node) : null;
  if (path === null) return null;
  return { text: `join(__dirname, '${posix.relative(posix.dirname(home.path), path)}')`, source: null };
}

function express(
  modules: Modules,
  file: ParsedFile,
  node: SyntaxNode,
  depth: number,
): FolderExpression | null {
  const text = literalText(node);
  if (text !== null) return { text: JSON.stringify(text).replace(/^"(.*)"$/, "'$1'"), source: null };
  let root = node;
  const steps: string[] = [];
  while (root.type === 'MemberExpression') {
    const name = memberName(root);
    if (name === null || !/^[\w$]+$/.test(name)) return null;
    steps.unshift(`.${name}`);
    root = child(root, 'object') ?? root;
  }
  if (!isIdentifier(root)) return null;
  const binding = resolveBindings(file).bindingOf(root);
  if (binding === null || binding.references.some(({ write }) => write && binding.kind !== 'const'))
    return null;
  const source = importOf(modules, file, binding);
  if (source !== null) return { text: `${source.local}${steps.join('')}`, source };
  const init = binding.kind === 'const' && steps.length === 0 ? child(binding.declaration, 'init') : null;
  return init !== null && depth < 4 ? express(modules, file, unwrap(init), depth + 1) : null;
}

/** The file of the repository a name is imported from. */
function importOf(
  modules: Modules,
  file: ParsedFile,
  { declaration, node, kind }: Binding,
): FolderExpression['source'] {
  const at = (specifier: string | null) => {
    const found = specifier === null ? null : modules.resolve(file.path, specifier);
    return found?.kind === 'file' ? found.path : null;
  };
  const local = field(node, 'name');
  if (kind === 'import') {
    const statement = children(file.program, 'body').find((one) =>
      children(one, 'specifiers').includes(declaration),
    );
    const path = statement === undefined ? null : at(literalText(child(statement, 'source')));
    if (path === null) return null;
    if (declaration.type === 'ImportNamespaceSpecifier') return { path, local, form: 'whole' };
    if (declaration.type === 'ImportDefaultSpecifier') return { path, local, form: 'default' };
    const imported = field(child(declaration, 'imported') ?? node, 'name');
    return imported === local ? { path, local, form: 'named' } : null;
  }
  const init = child(declaration, 'init');
  if (declaration.type !== 'VariableDeclarator' || init?.type !== 'CallExpression') return null;
  if (!isIdentifier(child(init, 'callee'), 'require')) return null;
  const path = at(literalText(children(init, 'arguments')[0]));
  if (path === null) return null;
  const id = child(declaration, 'id');
  if (isIdentifier(id)) return { path, local, form: 'whole' };
  const property = children(id ?? declaration, 'properties').find((one) => child(one, 'value') === node);
  return property?.shorthand === true ? { path, local, form: 'named' } : null;
}

/** The import statement for a folder expression, in the storage module's own format. */
export function importStatement(
  { source }: FolderExpression,
  from: string,
  style: { cjs: boolean; extension(path: string): string },
): string | null {
  if (source === null) return null;
  const specifier = relativeSpecifier(from, style.extension(source.path));
  const names = source.form === 'named' ? `{ ${source.local} }` : source.local;
  if (style.cjs) return `const ${names} = require('${specifier}');`;
  return `import ${source.form === 'whole' ? `* as ${names}` : names} from '${specifier}';`;
}

/** `./config` for `src/config` seen from `src/file-storage.js`. */
export function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
