import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { isSetOnce } from '../../state/constants.ts';
import type { FileWork } from '../../state/conversion.ts';

/** Whether a value is a text by its form. */
export const isText = (node: SyntaxNode): boolean => {
  const inner = unwrap(node);
  if (inner.type === 'TemplateLiteral' || typeof inner.value === 'string') return true;
  return (
    inner.type === 'BinaryExpression' &&
    inner.operator === '+' &&
    (isText(inner.left as SyntaxNode) || isText(inner.right as SyntaxNode))
  );
};

/** Options of a view, or a callback in their place. */
export function mayBeFunction(work: FileWork, node: SyntaxNode): boolean {
  const value = unwrap(node);
  if (isFunction(value)) return true;
  const declaration = isIdentifier(value) ? work.bindings.bindingOf(value)?.declaration : undefined;
  return isFunction(declaration) || isFunction(declaration === undefined ? null : child(declaration, 'init'));
}

/** What is sent: text, bytes of Node's, or an object or a list, which is JSON. */
export type Kind = 'text' | 'bytes' | 'data';

/** Methods that give text whatever they are called on. */
const GIVES_TEXT =
  /^(join|toString|toFixed|toISOString|trim|toLowerCase|toUpperCase|replace|replaceAll|padStart|padEnd|repeat|stringify|randomUUID)$/;

/** Whether a value is certainly text, bytes or data; null where it may be anything else. */
export function kindOf(work: FileWork, node: SyntaxNode, depth = 0): Kind | null {
  const inner = unwrap(node);
  if (isText(inner)) return 'text';
  if (/^(Object|Array)Expression$/.test(inner.type)) return 'data';
  if (depth > 4) return null;
  const same = (...names: string[]): Kind | null => {
    const kinds = names.map((name) => {
      const part = child(inner, name);
      return part === null ? null : kindOf(work, part, depth + 1);
    });
    return kinds.every((each) => each === kinds[0]) ? (kinds[0] ?? null) : null;
  };
  if (inner.type === 'ConditionalExpression') return same('consequent', 'alternate');
  if (inner.type === 'LogicalExpression') return same('left', 'right');
  if (inner.type === 'AwaitExpression') {
    const awaited = child(inner, 'argument');
    return awaited === null ? null : kindOf(work, awaited, depth + 1);
  }
  if (inner.type === 'CallExpression') return kindOfCall(inner);
  if (!isIdentifier(inner)) return null;
  const binding = work.bindings.bindingOf(inner);
  if (binding === null || binding.references.some(({ write }) => write)) return null;
  const init = child(binding.declaration, 'init');
  const isConstant = binding.kind === 'const' || isSetOnce(binding);
  const isThere = binding.kind === 'const' || binding.scope.kind === 'module';
  if (isThere && isConstant && init !== null && child(binding.declaration, 'id') === binding.node)
    return kindOf(work, init, depth + 1);
  if (isConstant && isMember(init) && isAsked(work, inner)) return kindOfRow(work, init, depth);
  return kindOfRead(work, binding.node);
}

/** What all rows of a table have, in one that is looked up: `const user = users[name]`. */
function kindOfRow(work: FileWork, read: SyntaxNode, depth: number): Kind | null {
  const table = unwrap(child(read, 'object') ?? read);
  const binding = isIdentifier(table) ? work.bindings.bindingOf(table) : null;
  if (binding === null || !isSetOnce(binding) || binding.scope.kind !== 'module') return null;
  // Nothing but reads of its rows: nobody puts another in.
  const isRead = binding.references.every(({ node, write }) => {
    const row = work.parents.get(node);
    const up = row === undefined ? undefined : work.parents.get(row);
    return write || (isMember(row) && child(row, 'object') === node && child(up ?? row, 'left') !== row);
  });
  const rows = isRead ? child(binding.declaration, 'init') : null;
  const values =
    rows === null ? [] : children(unwrap(rows), 'properties').map((each) => child(each, 'value'));
  const kinds = values.map((each) => (each === null ? null : kindOf(work, each, depth + 1)));
  return kinds.length > 0 && kinds.every((each) => each === 'data') ? 'data' : null;
}

/** `if (user) …`: what stands there is not missing. */
function isAsked(work: FileWork, use: SyntaxNode): boolean {
  const binding = work.bindings.bindingOf(use);
  for (let at = use, up = work.parents.get(at); up !== undefined && !isFunction(up); ) {
    const test = up.type === 'IfStatement' && child(up, 'consequent') === at ? child(up, 'test') : null;
    if (test !== null && isIdentifier(test) && work.bindings.bindingOf(test) === binding) return true;
    [at, up] = [up, work.parents.get(up)];
  }
  return false;
}

function kindOfCall(call: SyntaxNode): Kind | null {
  const callee = calleeOf(call);
  const args = argumentsOf(call);
  const object = isMember(callee) ? unwrap(child(callee, 'object') ?? callee) : null;
  const name = memberName(callee) ?? (isIdentifier(callee) ? String(callee.name) : '');
  if (isIdentifier(object, 'Buffer')) return /^(from|concat|alloc)$/.test(name) ? 'bytes' : null;
  if (name === 'digest') return args.length === 0 ? 'bytes' : 'text';
  if (/^readFile(Sync)?$/.test(name)) return fileKind(args[1]);
  if (object === null) return name === 'String' ? 'text' : null;
  if (isIdentifier(object, 'Object') && /^(keys|values|entries|fromEntries)$/.test(name)) return 'data';
  return GIVES_TEXT.test(name) ? 'text' : null;
}

/** What a file is read as: text where an encoding is named. */
function fileKind(options: SyntaxNode | undefined): Kind | null {
  if (options === undefined || isFunction(unwrap(options))) return 'bytes';
  const encoding = literalText(options);
  return encoding === null ? null : /^(utf-?8|latin1|ascii)$/i.test(encoding) ? 'text' : null;
}

/** The second parameter of the callback of `fs.readFile`. */
function kindOfRead(work: FileWork, parameter: SyntaxNode): Kind | null {
  const fn = work.parents.get(parameter);
  const call = fn === undefined ? undefined : work.parents.get(fn);
  if (!isFunction(fn) || call?.type !== 'CallExpression' || parametersOf(fn)[1] !== parameter) return null;
  const args = argumentsOf(call);
  const name = memberName(calleeOf(call)) ?? String(calleeOf(call)?.name ?? '');
  return name === 'readFile' && args.at(-1) === fn ? fileKind(args.length > 2 ? args[1] : undefined) : null;
}
