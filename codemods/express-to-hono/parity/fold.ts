import {
  argumentsOf,
  child,
  children,
  isIdentifier,
  memberName,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { childrenOf, walk } from '../../../src/workspace/syntax/walk.ts';

/** A piece of the source, and what stands in its place. */
interface Change {
  start: number;
  end: number;
  text: string;
}

/**
 * The source of a block as an application needs it: `needs.<name>` is taken for what it is there, and what can then not be
 * reached is left out, with constants and options that nothing reads any more.
 *
 * @param without names that are not needed; all others are
 */
export function foldNeeds(name: string, source: string, without: ReadonlySet<string>): string {
  let text = apply(source, changesIn(source, parseFile(name, source).program, without));
  for (let last = ''; last !== text; ) {
    last = text;
    text = apply(text, unread(text, parseFile(name, text).program));
  }
  return text;
}

/** Whether a condition holds; null where that is known only when it runs. */
function known(node: SyntaxNode, without: ReadonlySet<string>): boolean | null {
  const inner = unwrap(node);
  const object = inner.type === 'MemberExpression' ? child(inner, 'object') : null;
  if (isIdentifier(object, 'needs')) return !without.has(memberName(inner) ?? '');
  const argument = inner.type === 'UnaryExpression' ? child(inner, 'argument') : null;
  if (argument !== null && inner.operator === '!') {
    const value = known(argument, without);
    return value === null ? null : !value;
  }
  if (inner.type !== 'LogicalExpression' || inner.operator === '??') return null;
  const sides = (['left', 'right'] as const).map((side) => {
    const each = child(inner, side);
    return each === null ? null : known(each, without);
  });
  const decides = inner.operator === '||';
  if (sides.includes(decides)) return decides;
  return sides.includes(null) ? null : !decides;
}

/** The changes of a node and of what is in it; none lies in another. */
function changesIn(source: string, node: SyntaxNode, without: ReadonlySet<string>): Change[] {
  const textOf = (inner: SyntaxNode) =>
    apply(source.slice(inner.start, inner.end), shifted(changesIn(source, inner, without), -inner.start));
  const replaced = (text: string): Change[] => [
    unwrapped(source, { start: node.start, end: node.end, text }),
  ];
  const [test, left, right] = (['test', 'left', 'right'] as const).map((part) => child(node, part));
  if (test != null && /^(If|Conditional)/.test(node.type)) {
    const value = known(test, without);
    const taken = value === null ? undefined : child(node, value ? 'consequent' : 'alternate');
    if (taken === null) return [wholeLines(source, node)];
    if (taken !== undefined)
      return replaced(node.type === 'IfStatement' ? inlined(textOf(taken)) : textOf(taken));
  }
  if (node.type === 'LogicalExpression' && left != null && right != null) {
    const values = [known(left, without), known(right, without)];
    const [kept] = values[0] !== null ? [right] : values[1] !== null ? [left] : [];
    if (known(node, without) === null && kept !== undefined)
      return replaced(isLoose(kept) && kept !== node.left ? `(${textOf(kept)})` : textOf(kept));
  }
  if (node.type === 'CallExpression') {
    const given = argumentsOf(node).flatMap((each) => argument(source, each, without, textOf) ?? []);
    if (given.length > 0)
      return [
        ...given,
        ...inside(source, node, without).filter(({ start }) => start < (given[0]?.start ?? 0)),
      ];
  }
  if (node.type === 'SpreadElement')
    return spread(source, node, without, textOf) ?? inside(source, node, without);
  return inside(source, node, without);
}

const inside = (source: string, node: SyntaxNode, without: ReadonlySet<string>): Change[] =>
  childrenOf(node).flatMap((inner) => changesIn(source, inner, without));

/** What binds less than what may stand around it. */
const isLoose = ({ type, operator }: SyntaxNode): boolean =>
  type === 'ConditionalExpression' || (type === 'LogicalExpression' && operator !== '&&');

/** A name or a call alone needs no parentheses. */
function unwrapped(source: string, { start, end, text }: Change): Change {
  const isWrapped =
    /(?<!\b(?:if|for|while) )(?<![\w)\]])\($/.test(source.slice(0, start)) && source[end] === ')';
  return isWrapped && /^!?[\w.]+(\([^()]*\))?$/.test(text)
    ? { start: start - 1, end: end + 1, text }
    : { start, end, text };
}

/** `...(needs.x && { a })`: its properties, or nothing. */
function spread(
  source: string,
  node: SyntaxNode,
  without: ReadonlySet<string>,
  textOf: (node: SyntaxNode) => string,
): Change[] | null {
  const argument = child(node, 'argument');
  const given = argument === null ? null : unwrap(argument);
  const [condition, object] = [given && child(given, 'left'), given && child(given, 'right')];
  if (given?.type !== 'LogicalExpression' || condition === null || object === null) return null;
  const value = known(condition, without);
  if (value === null) return null;
  const properties = value ? children(unwrap(object), 'properties').map(textOf) : [];
  const { start, end } = node;
  const space = /\n *$/.exec(source.slice(0, start))?.[0] ?? '';
  return [
    listed(source, node, properties.join(source.slice(start, end).includes('\n') ? `,${space}` : ', ')),
  ];
}

/** `needs.x && { a }` as an argument: what it is, or none. */
function argument(
  source: string,
  node: SyntaxNode,
  without: ReadonlySet<string>,
  textOf: (node: SyntaxNode) => string,
): Change | null {
  const given = unwrap(node);
  const [condition, object] = [child(given, 'left'), child(given, 'right')];
  if (given.type !== 'LogicalExpression' || condition === null || object === null) return null;
  const value = known(condition, without);
  return value === null ? null : listed(source, node, value ? textOf(object) : '');
}

/** An element of a list with another text; with its comma where it has none. */
function listed(source: string, { start, end }: SyntaxNode, text: string): Change {
  if (text !== '') return { start, end, text };
  const after = /^\s*,/.exec(source.slice(end))?.[0];
  if (after !== undefined) {
    const line = /\n *$/.exec(source.slice(0, start))?.[0] ?? '';
    if (line !== '') return { start: start - line.length, end: end + after.length, text };
    const space = /^[ \n]*/.exec(source.slice(end + after.length))?.[0] ?? '';
    return { start, end: end + after.length + space.length, text };
  }
  const before = /,?\s*$/.exec(source.slice(0, start))?.[0] ?? '';
  return { start: start - before.length, end, text: source[end] === '}' ? ' ' : '' };
}

/** What stands in the braces of a block, two columns to the left. */
function inlined(text: string): string {
  if (!text.startsWith('{')) return text;
  return text
    .slice(1, -1)
    .trim()
    .replace(/\n {2}/g, '\n');
}

/** A statement with its line, and with the comment above it. */
function wholeLines(source: string, { start, end }: SyntaxNode): Change {
  let from = source.lastIndexOf('\n', start - 1) + 1;
  for (;;) {
    const above = source.lastIndexOf('\n', from - 2) + 1;
    if (from === 0 || !source.slice(above, from).trim().startsWith('//')) break;
    from = above;
  }
  return { start: from, end: end + (source[end] === '\n' ? 1 : 0), text: '' };
}

/** What a pattern names; an object's names go by themselves, until none is left. */
const namesIn = (pattern: SyntaxNode): SyntaxNode[] => {
  if (pattern.type === 'ArrayPattern') return children(pattern, 'elements');
  return pattern.type === 'ObjectPattern' ? children(pattern, 'properties') : [pattern];
};

/** Constants and options of functions that nothing reads. */
const unread = (source: string, program: SyntaxNode): Change[] =>
  children(program, 'body').flatMap((declaration) => unreadIn(source, declaration).slice(0, 1));

function unreadIn(source: string, declaration: SyntaxNode): Change[] {
  const counts = new Map<string, number>();
  const found: Change[] = [];
  walk(declaration, {
    enter(node, parent) {
      const isOfObject = parent?.type === 'MemberExpression' && parent.property === node && !parent.computed;
      if (!isIdentifier(node) || isOfObject) return;
      counts.set(String(node.name), (counts.get(String(node.name)) ?? 0) + 1);
    },
  });
  const isUnread = (node: SyntaxNode | null, times = 1) =>
    isIdentifier(node) && (counts.get(String(node.name)) ?? 0) <= times;
  walk(declaration, {
    enter(node, parent) {
      const [declared] = children(node, 'declarations');
      const isInner = node.type === 'VariableDeclaration' && parent?.type === 'BlockStatement';
      const name = isInner && declared !== undefined ? child(declared, 'id') : null;
      const names = name === null ? [] : namesIn(name);
      if (name !== null && names.every((each) => isUnread(each))) found.push(wholeLines(source, node));
      const last = node.type === 'FunctionDeclaration' ? parametersOf(node).at(-1) : undefined;
      const target = last?.type === 'AssignmentPattern' ? child(last, 'left') : null;
      const isEmpty = target?.type === 'ObjectPattern' && children(target, 'properties').length === 0;
      if (last !== undefined && (isEmpty || isUnread(target) || (last.optional === true && isUnread(last))))
        found.push(listed(source, last, ''));
      const caught = node.type === 'CatchClause' ? child(node, 'param') : null;
      if (caught !== null && isUnread(caught)) found.push(bare(source, caught));
      // Key and value of `{ name }` are one identifier each.
      const isShort = node.type === 'Property' && node.shorthand === true && parent?.type === 'ObjectPattern';
      if (isShort && isUnread(child(node, 'key'), 2)) found.push(listed(source, node, ''));
    },
  });
  return found;
}

/** `catch (error)` as `catch`. */
function bare(source: string, caught: SyntaxNode): Change {
  const start = source.lastIndexOf('(', caught.start);
  return {
    start: start - (source[start - 1] === ' ' ? 1 : 0),
    end: source.indexOf(')', caught.end) + 1,
    text: '',
  };
}

const shifted = (changes: readonly Change[], by: number): Change[] =>
  changes.map(({ start, end, text }) => ({ start: start + by, end: end + by, text }));

function apply(text: string, changes: readonly Change[]): string {
  let [out, at] = ['', 0];
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    out += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return out + text.slice(at);
}
