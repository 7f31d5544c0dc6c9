import { posix } from 'node:path';
import type { Bindings } from '../bindings.ts';
import type { Modules } from '../modules.ts';
import {
  argumentsOf,
  child,
  children,
  field,
  isCall,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../nodes.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';

/** Stands for the folder of the file itself: `__dirname`, `import.meta.dirname`. */
const OWN_FOLDER = '\0';

/** Stands for the file itself: `fileURLToPath(import.meta.url)`. */
const OWN_FILE = '\x01';

/** `import.meta.url`. */
const isOwnUrl = (node: SyntaxNode | undefined): boolean =>
  isMember(node) && memberName(node) === 'url' && child(node, 'object')?.type === 'MetaProperty';

/**
 * Files that `require(join(__dirname, 'routes', name))` may load: those of the folder that the known beginning of the
 * path names. Empty when the folder is not known. Which of them are loaded is not known either.
 */
export function dynamicTargets(
  modules: Modules,
  file: ParsedFile,
  bindings: Bindings,
  specifier: SyntaxNode,
): string[] {
  const parts = partsOf(specifier, bindings, 0);
  const firstUnknown = parts.indexOf(null);
  if (firstUnknown < 0) return [];
  const known = parts.slice(0, firstUnknown).join('');
  const tail = parts.slice(firstUnknown + 1).join('');
  if (/\//.test(tail) || !(known.startsWith(OWN_FOLDER) || /^\.{1,2}\//.test(known))) return [];
  const path = posix.join(posix.dirname(file.path), known.replace(OWN_FOLDER, './'));
  const folder = known.endsWith('/') || known === OWN_FOLDER ? path.replace(/\/$/, '') : posix.dirname(path);
  const name = known.endsWith('/') || known === OWN_FOLDER ? '' : posix.basename(path);
  return modules.paths.filter(
    (at) => posix.dirname(at) === folder && at !== file.path && posix.basename(at).startsWith(name),
  );
}

/**
 * The path, relative to the root, of an expression that starts at the file's own folder and is written out:
 * `path.join(__dirname, 'routes')`. Null for any other.
 *
 * @param givesFolder whether a call gives the folder of the file whose `import.meta.url` it is handed
 */
export function writtenPath(
  file: ParsedFile,
  bindings: Bindings,
  expression: SyntaxNode,
  givesFolder: (call: SyntaxNode) => boolean = () => false,
): string | null {
  const parts = partsOf(expression, bindings, 0, givesFolder);
  const known = parts.every((part) => part !== null) ? parts.join('') : '';
  if (!known.startsWith(OWN_FOLDER)) return null;
  const path = posix.join(posix.dirname(file.path), known.replace(OWN_FOLDER, './'));
  return path.replace(/\/$/, '');
}

/** The pieces of a path expression in order, null for a piece that is not known. */
function partsOf(
  expression: SyntaxNode,
  bindings: Bindings,
  depth: number,
  givesFolder: (call: SyntaxNode) => boolean = () => false,
): (string | null)[] {
  const node = unwrap(expression);
  if (depth > 4) return [null];
  const inner = (part: SyntaxNode | null) =>
    part === null ? [null] : partsOf(part, bindings, depth + 1, givesFolder);
  if (node.type === 'Literal') return [typeof node.value === 'string' ? node.value : null];
  if (node.type === 'TemplateLiteral') {
    const holes = children(node, 'expressions');
    return children(node, 'quasis').flatMap((quasi, index) => {
      const text = (quasi.value as { cooked?: string }).cooked ?? '';
      const hole = holes[index];
      return hole === undefined ? [text] : [text, ...inner(hole)];
    });
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    return [...inner(child(node, 'left')), ...inner(child(node, 'right'))];
  }
  if (isCall(node)) {
    const callee = child(node, 'callee');
    const name = isMember(callee) ? memberName(callee) : isIdentifier(callee) ? callee.name : null;
    const [argument] = argumentsOf(node);
    if (name === 'fileURLToPath') return isOwnUrl(argument) ? [OWN_FILE] : inner(argument ?? null);
    if (name === 'dirname') {
      const parts = inner(argument ?? null);
      return parts.length === 1 && parts[0] === OWN_FILE ? [OWN_FOLDER] : [null];
    }
    if (isOwnUrl(argument) && givesFolder(node)) return [OWN_FOLDER];
    if (name !== 'join' && name !== 'resolve') return [null];
    return argumentsOf(node).flatMap((argument, index) =>
      // `desm` joins to `import.meta.url`.
      index === 0 ? (isOwnUrl(argument) ? [OWN_FOLDER] : inner(argument)) : ['/', ...inner(argument)],
    );
  }
  if (node.type === 'NewExpression') {
    const [path, base] = argumentsOf(node);
    const isUrl = isIdentifier(child(node, 'callee'), 'URL') && path !== undefined && isOwnUrl(base);
    return isUrl ? [OWN_FOLDER, '/', ...inner(path)] : [null];
  }
  if (isMember(node) && memberName(node) === 'dirname' && child(node, 'object')?.type === 'MetaProperty') {
    return [OWN_FOLDER];
  }
  if (!isIdentifier(node)) return [null];
  const binding = bindings.bindingOf(node);
  if (binding === null) {
    const name = field(node, 'name');
    return [name === '__dirname' ? OWN_FOLDER : name === '__filename' ? OWN_FILE : null];
  }
  const init = binding.declaration.type === 'VariableDeclarator' ? child(binding.declaration, 'init') : null;
  const isConstant = binding.node.type === 'Identifier' && !binding.references.some(({ write }) => write);
  return isConstant && child(binding.declaration, 'id') === binding.node ? inner(init) : [null];
}
