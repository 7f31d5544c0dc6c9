import type { Registration } from '../../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isMember,
  memberName,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';
import { errorChain } from '../errors/error-chains.ts';
import { nothingRaised } from '../errors/nothing-raised.ts';
import { memberAt } from '../request-members.ts';
import { mountDepth } from './mount-depth.ts';
import { placeOf } from './mount-places.ts';
import { guardReason } from './path-case.ts';
import { overlap } from './path-patterns.ts';
import { isErrorHandler, registrationsOf } from './registrations.ts';
import { skipOf } from './skips.ts';
import { appsOf, rootsOf } from './sub-apps.ts';

/**
 * Paths that Hono's own router takes as Express does: literal segments and whole-segment parameters, or everything. Express 4
 * reads `+` and `$` as a regular expression does, Express 5 takes no `+` and no `!`.
 */
const SIMPLE =
  /^(?:\/|\/?\*|(?:\/(?:[\w.~@&',;=-]+|:\w+(?:\((?:[^()\\{}/]|\\\w)+\))?))*(?:\/:\w+\?|\{\/:\w+\}|\/\{:\w+\})?\/?)$/;

/** The rest of a path after a slash: `/files/*`, and `/files/*path` of Express 5. */
const REST = { 4: /^(.+)\/\*$/, 5: /^(.*)\/\*\w+$/ };

/** Why the application needs Express's routing; null when Hono's own router is enough. */
export function routingReason(conversion: Conversion): string | null {
  if (conversion.rewrites.has('url') || conversion.rewrites.has('method'))
    return 'a handler changes what requests are routed by';
  const nothing = nothingRaised(conversion);
  if (nothing !== null)
    return `a promise rejects with nothing at ${nothing}, and Hono takes only Errors for errors`;
  if (conversion.ownParams.size > 0)
    return 'a router does not see the parameters of the path it is mounted at';
  const { program } = conversion;
  if (rootsOf(program).length > 1) return 'one application stands beside another';
  if (appsOf(conversion).length > 1 && conversion.settings.routing.length > 0)
    return 'an application that is mounted in another one has settings of its own for its paths';
  const errors = program.registrations.filter(isErrorHandler);
  if (errors.length > 1 || errors.some(({ on, pathNode }) => on.kind !== 'app' || pathNode !== null)) {
    const chains = errors.map(({ on }) => errorChain(conversion, on));
    const reason = chains.find((each) => typeof each === 'string');
    if (typeof reason === 'string') return reason;
  }
  for (const registration of program.registrations) {
    if (registration.method === 'head') return 'a route answers HEAD alone, which Hono takes from GET';
    const made = madePathsOf(conversion, registration);
    const odd = (made ?? pathsOf(registration)).find(
      (path) => path === null || !isSimple(conversion, registration, path) || (made && !isWrittenAlike(path)),
    );
    if (odd === null) return 'a path is known only when it runs';
    if (odd !== undefined)
      return made
        ? `the path \`${odd}\` is made where the application runs, and is written otherwise in Hono`
        : `the path \`${odd}\` has another meaning in Hono`;
    const unwritten = unwrittenPath(registration);
    if (unwritten !== null)
      return `the path \`${unwritten}\` is put together or named elsewhere, and is written otherwise in Hono`;
    const bare = barePath(conversion, registration);
    if (bare !== null) return `the path \`${bare}\` takes what another route is for in Hono`;
  }
  for (const { path } of conversion.program.routes) {
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    if (new Set(names).size < names.length) return `the path \`${path}\` names a parameter twice`;
  }
  for (const unit of conversion.units.values()) {
    const reason = handlerReason(conversion, unit);
    if (reason !== null) return reason;
  }
  return guardReason(conversion);
}

/**
 * A path as `/v1/{:page}`, where more than its own route may take what lacks the slash: to Hono, which reads no slash at the end,
 * it is for `/v1` as well.
 */
function barePath({ program }: Conversion, { paths, on }: Registration): string | null {
  const optional = paths.find(({ text }) => /\/\{:\w+\}$/.test(text ?? ''))?.text;
  if (optional == null) return null;
  const pattern = (path: string, below: boolean) => ({ path, below, method: null });
  const bare = pattern(optional.replace(/\/\{:\w+\}$/, ''), false);
  const others = program.routes.filter(({ path }) => path !== optional);
  const isAlone = others.every(({ path }) => !overlap(bare, pattern(path, false)));
  return on.kind === 'app' && isAlone ? null : optional;
}

function isSimple({ version }: Conversion, { method }: Registration, path: string): boolean {
  const rest = method === 'use' ? null : REST[version].exec(path);
  return SIMPLE.test(rest === null ? path : rest[1] || '/');
}

/**
 * The paths of a route whose path is a name, in a table, a loop or a function that is called for each, where the code says what
 * each of them is; null where they are written at the route. `param` callbacks go by the path that is written.
 */
function madePathsOf(
  { program }: Conversion,
  { rows, turns, method, paths }: Registration,
): (string | null)[] | null {
  const made = turns ?? rows;
  if (made === undefined) return null;
  const isKnown =
    method !== 'use' && paths.length < 2 && program.registrations.every((each) => each.method !== 'param');
  return isKnown ? made.map(({ path }) => path) : [null];
}

/** Whether a path means the same to Hono as it stands: no pattern, no slash at the end. */
const isWrittenAlike = (path: string): boolean => /^(\/|(\/[\w.~@&',;=-]+|\/:\w+)+)$/.test(path);

/** A path that is not a text where the route is registered, and that means something else to Hono as it stands. */
function unwrittenPath({ paths, method }: Registration): string | null {
  if (method === 'param') return null;
  const found = paths.find(
    ({ node, text }) => text && unwrap(node).type !== 'Literal' && !isWrittenAlike(text),
  );
  return found?.text ?? null;
}

function pathsOf({ paths, method }: Registration): (string | null)[] {
  if (method === 'param') return [];
  return paths.map(({ text, regexp }) => (regexp ? null : text));
}

function handlerReason(conversion: Conversion, unit: Unit): string | null {
  if (findAll(unit.fn.node, 'CallExpression').some((call) => skipOf(call) !== null))
    return 'a handler leaves the rest of a route or router out';
  if (raisesNoError(unit) && !conversion.carriesValues)
    return 'something that is no Error is thrown or given to `next`';
  const members = unit.uses.flatMap(({ node, role }) =>
    role === 'req' ? (memberAt(unit.work, node) ?? []) : [],
  );
  const params = members.filter((member) => memberName(member) === 'params');
  if (params.some((member) => !readsOnlyNames(conversion, unit, member)))
    return 'what a wildcard took is read by its number';
  const isLast = unit.fn.kind === 'error-handler' || isNotFoundUnit(conversion, unit);
  if (isLast && params.length > 0)
    return 'the last handler of all has no parameters, those of the last route in Hono';
  const mounted = members.map(memberName).find((name) => /^(url|path|baseUrl)$/.test(name ?? ''));
  if (mounted && placeOf(conversion, unit) !== 'root' && mountDepth(conversion, unit) === null)
    return `\`req.${mounted}\` is read below a mount, which Hono's router does not tell`;
  return null;
}

/** Parameters by name; by its number the one that a `*` at the end of every path of the handler took; all where none has one. */
function readsOnlyNames({ version }: Conversion, { work, fn }: Unit, params: SyntaxNode): boolean {
  const up = work.parents.get(params);
  const name = isMember(up) && child(up, 'object') === params ? memberName(up) : null;
  if (name !== null && !/^\d+$/.test(name)) return true;
  const paths = registrationsOf(fn);
  const haveRest = (registration: Registration) =>
    registration.method !== 'use' &&
    registration.paths.length > 0 &&
    registration.paths.every(({ text }) => REST[version].test(text ?? ''));
  if (name !== null) return name === '0' && paths.length === fn.uses.length && paths.every(haveRest);
  return !paths.some(({ paths: all }) => all.some(({ text }) => text?.includes('*')));
}

const isNotFoundUnit = (conversion: Conversion, { fn }: Unit): boolean =>
  fn.uses.some((use) => use.kind === 'registered' && conversion.notFoundCalls.has(use.registration.call));

const LITERAL = /^(ObjectExpression|ArrayExpression|Literal|TemplateLiteral)$/;

/** Hono hands only Errors to `onError`; anything else ends the request. */
function raisesNoError(unit: Unit): boolean {
  const given = unit.uses.flatMap(({ node, role }) => {
    const call = unit.work.parents.get(node);
    return role === 'next' && call?.type === 'CallExpression' && calleeOf(call) === node
      ? argumentsOf(call).slice(0, 1)
      : [];
  });
  const thrown = findAll(unit.fn.node, 'ThrowStatement').map((each) => child(each, 'argument'));
  return [...given, ...thrown].some((each) => each !== null && LITERAL.test(unwrap(each).type));
}
