import { resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  child,
  children,
  isIdentifier,
  isRegExp,
  literalText,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { givenIn, madeBy, type Registration, registrationsOf } from '../facts/registrations.ts';
import { type Conversion, leaveOut, refuse, want } from '../state/conversion.ts';
import { useHandlers } from './handlers.ts';
import { honoPath } from './paths.ts';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'all', 'del']);

/** What is known of a router. */
export interface RouterFacts {
  prefix: string;
  /** What is called with a parameter of the path, by its name. */
  params: { name: string; text: string }[];
  /** Middleware that stands before the routes that come after it, as source text by where it was registered. */
  before: { text: string; path: string | null }[];
}

/** `new Router({ prefix })`, and `router.prefix(…)` before any route. */
export function prefixOf(
  cv: Conversion,
  router: ExternalValue,
  registrations: readonly Registration[],
): string | null {
  const made = madeBy(router);
  if (made === null) return null;
  const [options] = argumentsOf(made.node);
  let prefix = '';
  if (options !== undefined) {
    const inner = unwrap(options);
    for (const property of inner.type === 'ObjectExpression' ? children(inner, 'properties') : [null]) {
      const name = property === null ? null : propertyKeyName(property);
      const value = property === null ? null : child(property, 'value');
      const text = value === null ? null : textOf(cv, made.file, value);
      if (name !== 'prefix' || text === null) {
        refuse(cv, made.file, options, 'routing/options', 'an option of the router has no rule');
        return null;
      }
      prefix = text;
    }
  }
  for (const each of registrations.filter(({ on, member }) => on === router && member === 'prefix')) {
    const text = textOf(cv, each.file, argumentsOf(each.node)[0]);
    const parent = cv.editing.workOf(each.file).parents.get(each.node);
    const isFirst = registrations.every(
      ({ on, member, node, file }) =>
        on !== router || member === 'prefix' || file !== each.file || node.start > each.node.start,
    );
    if (text === null || parent?.type !== 'ExpressionStatement' || !isFirst) {
      refuse(cv, each.file, each.node, 'routing/prefix', 'the prefix is not a text set before the routes');
      return null;
    }
    prefix = text + prefix;
    deleteStatement(cv.editing, cv.editing.workOf(each.file), parent, 'routing/prefix');
  }
  const path = honoPath(prefix, false);
  if (typeof path === 'string') {
    refuse(cv, made.file, made.node, 'routing/prefix', path);
    return null;
  }
  return path.path;
}

/** A text that is written down, put together of such, or the only one that arrives there. */
export function textOf(cv: Conversion, file: ParsedFile, node: SyntaxNode | undefined): string | null {
  if (node === undefined) return null;
  const own = literalText(node) ?? putTogether(cv, file, unwrap(node));
  if (own !== null) return own;
  const [only, ...more] = cv.flow.valuesOf(node);
  return only?.kind === 'text' && more.length === 0 ? only.text : null;
}

/** `${prefix}/users`, `prefix + '/users'`. */
function putTogether(cv: Conversion, file: ParsedFile, node: SyntaxNode): string | null {
  if (isIdentifier(node)) {
    const binding = resolveBindings(file).bindingOf(node);
    const isConstant = binding?.kind === 'const' && isIdentifier(child(binding.declaration, 'id'));
    return isConstant ? textOf(cv, file, child(binding.declaration, 'init') ?? undefined) : null;
  }
  const isSum = node.type === 'BinaryExpression' && node.operator === '+';
  if (isSum)
    return joined(
      [child(node, 'left'), child(node, 'right')].map((each) => textOf(cv, file, each ?? undefined)),
    );
  if (node.type !== 'TemplateLiteral') return null;
  const between = children(node, 'expressions').map((each) => textOf(cv, file, each));
  const texts = children(node, 'quasis').map(
    ({ value }) => (value as { cooked?: string } | undefined)?.cooked ?? null,
  );
  return joined(texts.flatMap((text, index) => (index === 0 ? [text] : [between[index - 1] ?? null, text])));
}

const joined = (texts: readonly (string | null)[]): string | null =>
  texts.every((each) => each !== null) ? texts.join('') : null;

/** A verb of a router: its name, paths and handlers. */
export function convertRoute(cv: Conversion, each: Registration, facts: RouterFacts, modern: boolean) {
  const work = cv.editing.workOf(each.file);
  const args = argumentsOf(each.node);
  const property = propertyOf(each.node);
  if (!VERBS.has(each.member) || property === null)
    return refuse(cv, each.file, each.node, 'routing/verb', `\`router.${each.member}\` has no rule`);
  const second = args[1];
  const isNamed =
    args.length > 2 &&
    second !== undefined &&
    isPathNode(cv, each.file, second) &&
    literalText(args[0]) !== null &&
    !literalText(args[0])?.startsWith('/');
  const [path, ...handlers] = isNamed ? args.slice(1) : args;
  if (path === undefined || handlers.length === 0)
    return refuse(cv, each.file, each.node, 'routing/path', 'a route without a path or without handlers');
  if (isNamed && args[0] !== undefined)
    work.draft.replace(range(each.node, args[0].start, path.start), [''], 'routing/name');
  if (each.member === 'del') work.draft.replace(property, ['delete'], 'routing/verb');
  leaveOut(cv, each.file, each.node, 'path-case');
  const paths = writePath(cv, each, path, modern);
  if (paths.includes('/')) leaveOut(cv, each.file, each.node, 'root-slashes');
  const guards = facts.before.filter(
    ({ path: at }) => at === null || paths.every((one) => one === at || one.startsWith(`${at}/`)),
  );
  const partly = facts.before.some(
    (one) => !guards.includes(one) && one.path !== null && paths.some((own) => mayMeet(own, one.path ?? '')),
  );
  if (partly)
    refuse(
      cv,
      each.file,
      path,
      'routing/middleware',
      'middleware of the router stands before it on some of its paths',
    );
  const [first] = handlers;
  const named = paths.flatMap((one) => [...one.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const params = facts.params.filter(({ name }) => named.includes(name));
  if (guards.length + params.length > 0 && first !== undefined)
    work.draft.insert(
      range(first, first.start, first.start),
      [...guards, ...params].map(({ text }) => `${text}, `).join(''),
      'routing/middleware',
    );
  for (const handler of handlers) useHandlers(cv, each.file, handler, 'handler');
}

const mayMeet = (path: string, at: string): boolean => {
  const [own, other] = [path.split('/'), at.split('/')];
  return other.every(
    (part, index) =>
      own[index] !== undefined && (own[index] === part || /[:*]/.test(own[index] ?? '') || /[:*]/.test(part)),
  );
};

export const propertyOf = (call: SyntaxNode): SyntaxNode | null => {
  const callee = child(call, 'callee');
  return callee === null ? null : child(callee, 'property');
};

function isPathNode(cv: Conversion, file: ParsedFile, node: SyntaxNode): boolean {
  const inner = unwrap(node);
  return isRegExp(inner) || inner.type === 'ArrayExpression' || textOf(cv, file, inner) !== null;
}

/** `(.*)`, or `*` of the first releases: any path, where nothing stands before it. */
const isEverything = (cv: Conversion, { on }: Registration, text: string): boolean =>
  /^(?:\(\.\*\)|\*)$/.test(text) &&
  (cv.prefixes.get(on) ?? '/') === '/' &&
  registrationsOf(cv.flow).every(
    ({ kind, member, node }) =>
      kind !== 'router' ||
      member !== 'use' ||
      argumentsOf(node).every((argument) => {
        const given = givenIn(cv.flow, argument);
        return given.is !== 'router' || given.router !== on;
      }),
  );

/** The paths of a route, rewritten where Hono writes them otherwise. */
function writePath(cv: Conversion, each: Registration, node: SyntaxNode, modern: boolean): string[] {
  const work = cv.editing.workOf(each.file);
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') {
    refuse(cv, each.file, node, 'routing/path', 'a list of paths');
    return [];
  }
  const text = textOf(cv, each.file, inner);
  if (text === null) {
    refuse(
      cv,
      each.file,
      node,
      'routing/path',
      isRegExp(inner) ? 'a regular expression as a path' : 'a path that is not known here',
    );
    return [];
  }
  const made = isEverything(cv, each, text) ? { path: '*' } : honoPath(text, modern);
  if (typeof made === 'string') {
    refuse(cv, each.file, node, 'routing/path', made);
    return [];
  }
  if (made.path === text) return [text];
  work.draft.replace(node, [work.layout.string(made.path)], 'routing/path');
  return [made.path];
}

/** `new Router(…)` and `Router(…)`. */
export function convertMade(cv: Conversion, value: ExternalValue, text: string) {
  const made = madeBy(value);
  if (made === null) return;
  const work = cv.editing.workOf(made.file);
  const hono = want(cv, work, 'hono', 'Hono');
  work.draft.replace(made.node, [`new ${hono}${text}`], 'application/made');
}
