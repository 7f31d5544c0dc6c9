import type { Registration } from '../../src/workspace/express/program.ts';
import { type PackageArgument, packagesIn } from '../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isMember,
  memberName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { type Conversion, textOf, type Unit } from './conversion.ts';
import { bodyReason, parserOf } from './idiomatic-body.ts';
import { nothingRaised } from './nothing-raised.ts';
import { placeOf } from './places.ts';
import { isErrorHandler } from './routing.ts';
import { skipOf } from './skips.ts';
import { appsOf } from './sub-apps.ts';

/** Decides which behaviours `--parity idiomatic` leaves out, and why others stay. Does nothing for `wire`. */
export function decideIdiomatic(conversion: Conversion): void {
  const { idiomatic, program } = conversion;
  if (idiomatic === null) return;
  const routing = routingReason(conversion);
  if (routing === null) idiomatic.routing = 'left-out';
  else idiomatic.reasons.set('expressRouting', routing);
  const parsers = program.registrations
    .flatMap(({ handlers }) => handlers.flatMap(packagesIn))
    .filter(isParser);
  const [only] = parsers;
  if (only !== undefined) {
    const reason = bodyReason(conversion, parsers);
    if (reason === null) idiomatic.body = only.member === 'json' ? 'json' : 'form';
    else for (const { member } of parsers) idiomatic.reasons.set(parserOf(member), reason);
  }
  const reason = errorPageReason(conversion, only !== undefined && idiomatic.body === null);
  if (reason === null) idiomatic.errorPage = 'left-out';
  else idiomatic.reasons.set('errorPage', reason);
}

const isParser = ({ package: name, member }: PackageArgument): boolean =>
  /^(express|body-parser)$/.test(name) && /^(json|urlencoded|text|raw)$/.test(member);

/** Paths that mean the same to Hono's own router: literal segments and whole-segment parameters, or everything. */
const SIMPLE =
  /^(?:\/|\/?\*|(?:\/(?:[\w.~@!$&',;=+-]+|:\w+(?:\((?:[^()\\{}/]|\\\w)+\))?))*(?:\/:\w+\?|\{\/:\w+\}|\/\*)?)$/;

/** Why the application needs Express's routing; null when Hono's own router is enough. */
function routingReason(conversion: Conversion): string | null {
  if (conversion.rewrites.has('url') || conversion.rewrites.has('method'))
    return 'a handler changes what requests are routed by';
  const nothing = nothingRaised(conversion);
  if (nothing !== null)
    return `a promise rejects with nothing at ${nothing}, and Hono takes only Errors for errors`;
  if (conversion.ownParams.size > 0)
    return 'a router does not see the parameters of the path it is mounted at';
  const { program } = conversion;
  if (appsOf(conversion).length > 1) return 'one application is mounted in, or stands beside, another';
  const errors = program.registrations.filter(isErrorHandler);
  if (errors.length > 1 || errors.some(({ on, pathNode }) => on.kind !== 'app' || pathNode !== null))
    return 'error handlers run in the order and at the place they were registered';
  for (const registration of program.registrations) {
    if (registration.method === 'head') return 'a route answers HEAD alone, which Hono takes from GET';
    const odd = pathsOf(registration).find((path) => path === null || !SIMPLE.test(path));
    if (odd === null || registration.rows) return 'a path is known only when it runs';
    if (odd !== undefined) return `the path \`${odd}\` has another meaning in Hono`;
  }
  for (const { path } of conversion.program.routes) {
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    if (new Set(names).size < names.length) return `the path \`${path}\` names a parameter twice`;
  }
  for (const unit of conversion.units.values()) {
    if (/\bparams\s*\[\s*['"]?\d/.test(textOf(unit.work, unit.fn.node)))
      return 'what a wildcard took is read by its number';
    if (findAll(unit.fn.node, 'CallExpression').some((call) => skipOf(call) !== null))
      return 'a handler leaves the rest of a route or router out';
    if (raisesNoError(unit)) return 'something that is no Error is thrown or given to `next`';
    const read = unit.uses.map(({ node, role }) => (role === 'req' ? memberOf(unit, node) : null));
    const isLast = unit.fn.kind === 'error-handler' || isNotFoundUnit(conversion, unit);
    if (isLast && read.includes('params'))
      return 'the last handler of all has no parameters, those of the last route in Hono';
    const mounted = read.find((name) => name !== null && /^(url|path|baseUrl)$/.test(name));
    if (mounted && placeOf(conversion, unit) !== 'root')
      return `\`req.${mounted}\` is read below a mount, which Hono's router does not tell`;
  }
  return null;
}

const isNotFoundUnit = (conversion: Conversion, { fn }: Unit): boolean =>
  fn.uses.some((use) => use.kind === 'registered' && conversion.notFoundCalls.has(use.registration.call));

function pathsOf({ paths, method }: Registration): (string | null)[] {
  if (method === 'param') return [];
  return paths.map(({ text, regexp }) => (regexp ? null : text));
}

/** The member of the request that is read at an identifier. */
export function memberOf(unit: Unit, node: SyntaxNode): string | null {
  const member = unit.work.parents.get(node);
  return isMember(member) && child(member, 'object') === node ? memberName(member) : null;
}

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

/** Why Express's error page stays: only it gives an error the status it carries. */
function errorPageReason(conversion: Conversion, parsers: boolean): string | null {
  if (conversion.program.registrations.some(isErrorHandler)) return null;
  if (parsers) return 'the errors of the body parsers carry their status';
  for (const unit of conversion.units.values()) {
    if (/\bthrow\b|\bnext\(\s*[^)\s]/.test(textOf(unit.work, unit.fn.node)))
      return 'errors are raised, and there is no error handler that would give them their status';
  }
  return null;
}
