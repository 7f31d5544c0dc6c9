import {
  argumentsOf,
  child,
  children,
  isCall,
  isIdentifier,
  isMember,
  literalText,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../workspace/syntax/parse.ts';
import type { Look } from './look.ts';

/** What is known of a path that an expression makes. */
export interface PathShape {
  /** Where it starts: beside the module, in the folder the process was started in, in the system's folder for such files. */
  root: 'module' | 'cwd' | 'temp' | 'absolute' | 'environment' | 'relative' | 'unknown';
  /** What is written out of it, joined by `/`. */
  text: string;
}

const JOINS = /^(?:posix\.|win32\.)?(?:join|resolve|normalize)\.\(\)$/;
const DEEPEST = 8;

/** Reads how a path is made: `path.join(__dirname, 'views')`, `` `${os.tmpdir()}/x` ``, a name that is set once. */
export function pathOf(node: SyntaxNode | null, look: Look, depth = 0): PathShape {
  const value = look.heldBy(node);
  if (value === null || depth > DEEPEST) return { root: 'unknown', text: '' };
  const text = literalText(value);
  if (text !== null) return { root: rootOf(text), text };
  const written = writtenIn(value);
  if (written !== null) return run(written.map((part) => pathOf(part, look, depth + 1)));
  const parts = partsOf(value, look);
  if (parts !== null) return joined(parts.map((part) => pathOf(part, look, depth + 1)));
  return { root: placeOf(value, look), text: '' };
}

/** The pieces of a text that stand one behind the other; null for anything else. */
function writtenIn(value: SyntaxNode): SyntaxNode[] | null {
  if (value.type === 'TemplateLiteral') {
    const texts = children(value, 'quasis');
    const values = children(value, 'expressions');
    return texts.flatMap((each, at) => {
      const cooked = (each.value as { cooked?: string } | undefined)?.cooked ?? '';
      const piece = { type: 'Literal', value: cooked, start: each.start, end: each.end };
      return [...(cooked === '' ? [] : [piece]), ...(values[at] ? [values[at]] : [])];
    });
  }
  if (value.type !== 'BinaryExpression' || value.operator !== '+') return null;
  const [left, right] = [unwrap(value.left as SyntaxNode), value.right as SyntaxNode];
  return [...(left.type === 'BinaryExpression' ? (writtenIn(left) ?? [left]) : [left]), right];
}

/** The pieces that a path is put together of; null for anything else. */
function partsOf(value: SyntaxNode, look: Look): SyntaxNode[] | null {
  if (value.type === 'LogicalExpression') return [value.left as SyntaxNode];
  if (value.type === 'NewExpression' && look.named(value)?.path === 'URL.new') {
    const [first, base] = argumentsOf(value);
    return first && base ? [base, first] : null;
  }
  if (!isCall(value)) return null;
  const named = look.named(value);
  if (named?.from === 'path' && JOINS.test(named.path)) return argumentsOf(value);
  if (named?.from === 'url' && named.path === 'fileURLToPath.()') return argumentsOf(value);
  return null;
}

function placeOf(value: SyntaxNode, look: Look): PathShape['root'] {
  if (look.isGlobal(value, '__dirname') || look.isGlobal(value, '__filename')) return 'module';
  const inner = isMember(value) ? child(value, 'object') : null;
  if (inner && unwrap(inner).type === 'MetaProperty') return 'module';
  const named = look.named(value);
  if (named === null) return isIdentifier(value) ? 'unknown' : 'unknown';
  if (named.from === 'os' && /^(?:tmpdir|default\.tmpdir)\.\(\)$/.test(named.path)) return 'temp';
  if (/^(?:process\.)?cwd\.\(\)$/.test(named.path)) return 'cwd';
  if (/^(?:process\.)?env\./.test(named.path)) return 'environment';
  if (named.from === 'path' && /^dirname\.\(\)$/.test(named.path)) {
    const [of] = argumentsOf(value);
    return of ? pathOf(of, look, 1).root : 'unknown';
  }
  return 'unknown';
}

/** Pieces of one text: nothing stands between them, and `…` for one that is not known, but for a folder it begins or ends with. */
function run(parts: readonly PathShape[]): PathShape {
  const last = parts.findLastIndex(({ text }) => text !== '');
  const texts = parts.map(({ root, text }, at) => {
    const isHole = root === 'unknown' && text === '' && at < last;
    return isHole && !(at === 0 && /^[/\\]/.test(parts[1]?.text ?? '')) ? '…' : text;
  });
  return {
    root: parts[0]?.root ?? 'unknown',
    text: texts
      .join('')
      .replace(/^\.\//, '')
      .replace(/\/{2,}/g, '/'),
  };
}

function joined(parts: readonly PathShape[]): PathShape {
  const [first] = parts;
  // A piece that is not known, between two that are, is not left out.
  const last = parts.findLastIndex(({ text }) => text !== '');
  const words = parts
    .map(({ root, text }, at) =>
      at > 0 && at < last && root === 'unknown' && text === '' ? '…' : text.replace(/^\.\//, ''),
    )
    .filter((text) => text !== '');
  return { root: first?.root ?? 'unknown', text: words.join('/').replace(/\/{2,}/g, '/') };
}

const rootOf = (text: string): PathShape['root'] =>
  /^(?:\/tmp|\/var\/tmp)(?:\/|$)/.test(text)
    ? 'temp'
    : /^\/|^[A-Za-z]:[\\/]/.test(text)
      ? 'absolute'
      : 'relative';
