import type { Registration } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  child,
  children,
  isRegExp,
  literalText,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { REST_NAME } from '../facts/routes/route-paths.ts';
import { constantIn } from '../state/constants.ts';
import { type Conversion, type FileWork, textOf } from '../state/conversion.ts';
import { rootedText } from './rooted.ts';

/** Source text of a path in the notation the parity router reads; null for a path without a rule. */
export function pathText(conversion: Conversion, work: FileWork, node: SyntaxNode): string | null {
  const inner = unwrap(node);
  if (inner.type === 'Literal' && typeof inner.value === 'string') {
    const path = notation(conversion, inner.value);
    if (
      path === null ||
      (conversion.idiomatic?.routing !== 'left-out' && conversion.version === 5 && path.endsWith('/*'))
    )
      return null;
    return path === inner.value ? textOf(work, node) : quoteLike(work, inner, path);
  }
  // A `g` or `y` remembers where it stopped: what it matches depends on the requests before.
  if (isRegExp(inner) && !/[gy][a-z]*$/.test(textOf(work, inner)))
    return `${parityName(conversion, work, 'regexpPath')}(${textOf(work, inner)})`;
  return isComputed(work, inner) ? rootedText(conversion, work, node) : null;
}

/**
 * Whether a path that is written as a name is known to hold, for some turn of a loop or some module it comes from, what Hono
 * reads otherwise: a list, a regular expression, an Express 4 wildcard.
 */
export function holdsMore(
  conversion: Conversion,
  work: FileWork,
  { rows, paths, pathNode, routeCall }: Registration,
): boolean {
  const node = pathNode ?? (routeCall === null ? null : (argumentsOf(routeCall.node)[0] ?? null));
  const inner = node === null ? null : unwrap(node);
  if (inner === null || (inner.type !== 'Identifier' && inner.type !== 'MemberExpression')) return false;
  const isOdd = (text: string | null) =>
    text === null || (conversion.version === 4 ? text.includes('*') : text.endsWith('/*'));
  if (rows !== undefined) return rows.some(({ path }) => isOdd(path));
  if (paths.some(({ pieces }) => pieces.some(isOdd))) return true;
  // A list that the name stands for is described by its elements.
  if (
    paths.length !== 1 ||
    paths.some((path) => path.node !== node || (path.text !== null && isOdd(path.text)))
  )
    return true;
  const turns = inner.type === 'Identifier' ? turnsOf(work, inner) : null;
  const isOddTurn = (each: SyntaxNode) => {
    const text = literalText(each);
    return text === null ? isRegExp(unwrap(each)) || unwrap(each).type === 'ArrayExpression' : isOdd(text);
  };
  return turns?.some(isOddTurn) ?? false;
}

/** What `path` is in turn in `for (const path of ['/a', '/b'])`, where the list is written out there or as a constant. */
function turnsOf(work: FileWork, name: SyntaxNode): SyntaxNode[] | null {
  const declaration = work.bindings.bindingOf(name)?.declaration;
  const statement =
    declaration === undefined ? undefined : work.parents.get(work.parents.get(declaration) ?? declaration);
  const right = statement?.type === 'ForOfStatement' ? child(statement, 'right') : null;
  if (right === null) return null;
  const list = right.type === 'Identifier' ? work.bindings.bindingOf(right)?.declaration : right;
  const array = list?.type === 'VariableDeclarator' ? child(list, 'init') : list;
  return array?.type === 'ArrayExpression' ? children(array, 'elements') : null;
}
/** A path as the router reads it: the parity module's, or Hono's own. */
function notation(conversion: Conversion, path: string): string | null {
  // Express never comes to it; Hono would put the slash before it.
  if (/^[\w.~-]/.test(path)) return null;
  if (conversion.idiomatic?.routing === 'left-out')
    return honoPath(path, conversion.settings.routing.includes('strict: true'));
  return conversion.version === 4 ? withWildcards(path) : path;
}

/**
 * `:id(\\d+)`, `{/:page}`, `/{:page}`, `/*` and `/*path` in Hono's own notation; it takes a slash at the end by itself.
 * Only where it does not can the rest be empty, which `RegExpRouter` refuses: every request then goes a slower way.
 */
const honoPath = (path: string, isStrict: boolean): string =>
  path
    .replace(/:(\w+)\(([^()]+)\)/g, ':$1{$2}')
    .replace(/\{\/:(\w+)\}$/, '/:$1?')
    .replace(/\/\{:(\w+)\}$/, '/:$1?')
    .replace(/(.)\/\*$/, `$1/:${REST_NAME}{${isStrict ? '.*' : '.+'}}`)
    .replace(/\/\*(\w+)$/, '/:$1{.+}')
    .replace(/(.)\/$/, '$1');

/** The path of a `use`: everything below it as well, which Hono writes `/*`. */
export function starPath(conversion: Conversion, work: FileWork, node: SyntaxNode): string | null {
  const inner = unwrap(node);
  if (inner.type === 'Literal' && typeof inner.value === 'string') {
    if (inner.value === '*' || inner.value === '/*') return quoteLike(work, inner, '/*');
    const path = notation(conversion, inner.value);
    return path === null ? null : quoteLike(work, inner, `${path.replace(/\/$/, '')}/*`);
  }
  if (!isComputed(work, inner)) return null;
  const text = rootedText(conversion, work, node);
  return inner.type === 'TemplateLiteral' && text.startsWith('`')
    ? `${text.slice(0, -1)}/*\``
    : `\`\${${text}}/*\``;
}

/**
 * Express 4's `*` takes anything and is named by its number: `(.*)`. Inside parentheses it is part of a pattern. Where it is all
 * of the path it takes the slash as well, which Hono would put before it: `(/.*)`.
 */
function withWildcards(path: string): string | null {
  if (path === '*') return '(/.*)';
  if (path.startsWith('*')) return null;
  let depth = 0;
  let result = '';
  for (const [index, character] of [...path].entries()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character !== '*' || depth > 0) {
      result += character;
      continue;
    }
    const before = path.slice(0, index);
    if (/:\w+$|\)$/.test(before)) return null;
    result += '(.*)';
  }
  return result;
}

/** A name, member or template whose text is known to be a string only when it runs. */
function isComputed(work: FileWork, node: SyntaxNode): boolean {
  if (node.type === 'TemplateLiteral') {
    return children(node, 'quasis').every((quasi) => !textOf(work, quasi).includes('*'));
  }
  if (node.type === 'BinaryExpression') return node.operator === '+' && isConcatenation(work, node);
  if (node.type === 'MemberExpression') return child(node, 'object') !== null && node.computed !== true;
  if (node.type !== 'Identifier') return false;
  const init = constantIn(work, node);
  if (init === null) return work.bindings.bindingOf(node) !== null;
  const text = literalText(init);
  if (text !== null) return !text.includes('*');
  // What else it may be `holdsMore` asks of the analysis.
  return init.type === 'ConditionalExpression' && isChoice(work, init);
}

/** `isPlain ? path : prefix + path`: either is a text that is known when it runs. */
const isChoice = (work: FileWork, choice: SyntaxNode): boolean =>
  [child(choice, 'consequent'), child(choice, 'alternate')].every((each) => {
    const inner = each === null ? null : unwrap(each);
    return inner !== null && (typeof inner.value === 'string' || isComputed(work, inner));
  });

/** `'/' + name`: literal parts without a wildcard, the rest known only when it runs. */
function isConcatenation(work: FileWork, node: SyntaxNode): boolean {
  return [child(node, 'left'), child(node, 'right')].every((side) => {
    const inner = side === null ? null : unwrap(side);
    if (inner === null || inner.regex !== undefined) return false;
    if (inner.type === 'Literal') return typeof inner.value === 'string' && !inner.value.includes('*');
    if (inner.type === 'BinaryExpression') return inner.operator === '+' && isConcatenation(work, inner);
    return inner.type === 'CallExpression' || inner.type === 'Identifier' || isComputed(work, inner);
  });
}

function quoteLike(work: FileWork, literal: SyntaxNode, value: string): string {
  const quote = work.file.text[literal.start] ?? "'";
  return `${quote}${value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
}
