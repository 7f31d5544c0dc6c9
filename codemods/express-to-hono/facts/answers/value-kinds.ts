import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  parametersOf,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
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

/** What is sent: text, bytes of Node's, or what JSON holds. */
export type Kind = 'text' | 'bytes';

/** Methods that give text whatever they are called on. */
const GIVES_TEXT =
  /^(join|toString|toFixed|toISOString|trim|toLowerCase|toUpperCase|replace|replaceAll|padStart|padEnd|repeat|stringify|randomUUID)$/;

/** Whether a value is certainly text or bytes; null where it may be anything else. */
export function kindOf(work: FileWork, node: SyntaxNode, depth = 0): Kind | null {
  const inner = unwrap(node);
  if (isText(inner)) return 'text';
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
  if (binding.kind === 'const' && init !== null && child(binding.declaration, 'id') === binding.node)
    return kindOf(work, init, depth + 1);
  return kindOfRead(work, binding.node);
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
