import { at } from '../../src/model/at.ts';
import type { ExpressFunction, HandlerArgument, Registration } from '../../src/workspace/express/program.ts';
import { functionsIn, packagesIn } from '../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isMember,
  literalText,
  memberName,
  unwrap,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { changingPackage, noteBridge, REPLACED_PACKAGES, RUNTIMES } from './bridges.ts';
import { type Conversion, type FileWork, refuse, spanOf } from './conversion.ts';
import { range } from './draft.ts';
import { parityName } from './imports.ts';
import {
  assignedNames,
  headersSet,
  MADE_ANEW,
  namesOn,
  OWN_HEADER,
  patchesResponse,
  readsRequestLine,
} from './request-changes.ts';
import { appsOf } from './sub-apps.ts';
import { followersOf, isUnknownCode, unknownCode } from './unknown-code.ts';

/** Functions that stay Express's, by node, and why. */
export type BridgedFunctions = ReadonlyMap<SyntaxNode, string>;

/** What a parser leaves on the request: the bridge takes it back into the context. */
const TAKEN_BACK = new Set(['body', 'file', 'files', 'cookies', 'signedCookies']);

/**
 * The functions to keep as they are in the next attempt: those with a problem, and what shares code with them.
 *
 * @returns null when a problem is not that of a function, or nothing new would be kept
 */
export function nextBridged(conversion: Conversion): BridgedFunctions | null {
  const { program, problems, bridgedFunctions } = conversion;
  const next = new Map(bridgedFunctions);
  for (const { unit, reason } of problems) if (unit !== null) next.set(unit.fn.node, reason);
  const setter = program.functions.find(
    (fn) => next.has(fn.node) && headersSet(conversion.workOf(fn.file), fn).length > 0,
  );
  const changer = setter === undefined ? changingPackage(conversion) : setter.name;
  const changing = changer && nameOf(changer);
  if (changing !== null) {
    for (const fn of program.functions) {
      if (readsRequestLine(conversion.workOf(fn.file), fn))
        next.set(fn.node, next.get(fn.node) ?? `${changing} may change what this reads of the request`);
    }
  }
  for (let size = -1; size !== next.size; ) {
    size = next.size;
    for (const fn of program.functions) {
      const reason = next.has(fn.node) ? null : sharesCode(conversion, fn, next);
      if (reason !== null) next.set(fn.node, reason);
    }
    for (const [fn, name] of followersOf(conversion, unknownCode(conversion, next))) {
      if (!next.has(fn.node) && meetsChanges(conversion, fn))
        next.set(fn.node, `${nameOf(name)} may change what this reads and how it answers`);
    }
    for (const { handlers } of program.registrations) for (const each of handlers) joinArgument(each, next);
  }
  if (problems.some(({ rule }) => rule === 'flow/this')) return null;
  if (program.functions.some((fn) => next.has(fn.node) && patchesResponse(conversion.workOf(fn.file), fn))) {
    for (const { node } of program.functions) {
      if (!next.has(node)) next.set(node, 'a middleware that stays changes what the response does');
    }
  }
  const grown = next.size > bridgedFunctions.size || !conversion.bridging;
  return grown && [...next.keys()].every((node) => canBridge(conversion, node)) ? next : null;
}

const nameOf = (name: string): string => (name === '(anonymous)' ? 'a middleware before it' : `\`${name}\``);

/** A `param` callback cannot stay: where it only sets what is the application's own, it need not. */
const meetsChanges = (conversion: Conversion, fn: ExpressFunction): boolean => {
  const work = conversion.workOf(fn.file);
  return fn.kind !== 'param' || namesOn(work, fn, 'res').length > 0 || readsRequestLine(work, fn);
};

const holds = (outer: SyntaxNode, inner: SyntaxNode) => outer.start <= inner.start && inner.end <= outer.end;

/** Why a function must stay when others stay: it calls one of them, is called by one, or stands in or around one. */
function sharesCode(conversion: Conversion, fn: ExpressFunction, kept: BridgedFunctions): string | null {
  for (const other of conversion.program.functions) {
    if (!kept.has(other.node)) continue;
    const near = other.file === fn.file && (holds(other.node, fn.node) || holds(fn.node, other.node));
    const calls = other.uses.some(({ ...use }) => use.kind === 'called' && use.by === fn);
    const called = fn.uses.some(
      (use) =>
        use.kind === 'called' &&
        (use.by === other || (use.file === other.file && holds(other.node, use.call))),
    );
    if (near || calls || called) return `shares code with \`${other.name}\`, which stays`;
  }
  return null;
}

const functionsOf = (argument: HandlerArgument): readonly ExpressFunction[] =>
  argument.kind === 'function'
    ? argument.functions
    : argument.kind === 'factory'
      ? [...argument.functions, ...argument.wraps]
      : [];

/** One argument is bridged as a whole: a wrapper and what it wraps, every function it may hold. */
function joinArgument(argument: HandlerArgument, kept: Map<SyntaxNode, string>): void {
  if (argument.kind === 'array') {
    for (const item of argument.items) joinArgument(item, kept);
    const all = argument.items.flatMap(functionsOf);
    if (unwrap(argument.node).type !== 'ArrayExpression') joinAll(all, kept);
    return;
  }
  joinAll(functionsOf(argument), kept);
}

function joinAll(functions: readonly ExpressFunction[], kept: Map<SyntaxNode, string>): void {
  const staying = functions.find(({ node }) => kept.has(node));
  if (staying === undefined) return;
  for (const { node } of functions) {
    if (!kept.has(node)) kept.set(node, `is registered together with \`${staying.name}\`, which stays`);
  }
}

function canBridge(conversion: Conversion, node: SyntaxNode): boolean {
  const fn = conversion.program.functions.find((each) => each.node === node);
  if (fn === undefined || fn.kind === 'param') return false;
  const work = conversion.workOf(fn.file);
  const skips = findAll(node, 'CallExpression').some((call) =>
    /^rout(e|er)$/.test(literalText(argumentsOf(call)[0]) ?? ''),
  );
  const readsRoute = namesOn(work, fn, 'req').includes('route');
  const setsOwnHeaders = headersSet(work, fn).every((name) => OWN_HEADER.test(name));
  const changes = assignedNames(work, fn).filter((name) => MADE_ANEW.has(name));
  return !skips && !readsRoute && changes.every((name) => name === 'headers' && setsOwnHeaders);
}

/** Notes what bridged functions put on the request: converted code reads it there. */
export function collectAssigned(conversion: Conversion): void {
  for (const fn of conversion.program.functions) {
    if (!conversion.bridgedFunctions.has(fn.node)) continue;
    for (const name of assignedNames(conversion.workOf(fn.file), fn)) {
      if (!TAKEN_BACK.has(name)) conversion.bridgedNames.add(name);
    }
  }
}

/** Puts `bridgeHandler(…)` around an argument whose functions stay Express's. Returns whether it did. */
export function bridgeArgument(
  conversion: Conversion,
  registration: Registration,
  argument: HandlerArgument,
): boolean {
  const work = conversion.workOf(argument.file);
  const own = argument.kind === 'array' ? argument.items.flatMap(functionsOf) : functionsOf(argument);
  if (!own.some(({ node }) => conversion.bridgedFunctions.has(node))) return false;
  const isList = argument.kind === 'array';
  if (isList && unwrap(argument.node).type === 'ArrayExpression') return false;
  if (own.some(({ node }) => !conversion.bridgedFunctions.has(node))) {
    refuse(conversion, work, argument.node, 'routing/bridge', 'only some of these handlers can be converted');
    return true;
  }
  const isError = own.some(({ kind }) => kind === 'error-handler');
  const by = isUnknownCode(conversion.unknown, registration, argument) ? 'bridgeUnknown' : 'bridgeHandler';
  const name = parityName(conversion, work, isError ? 'bridgeErrorHandler' : by);
  const { node } = argument;
  const inner = node.type === 'SpreadElement' ? (child(node, 'argument') ?? node) : node;
  const parts = isList
    ? ['...', spanOf(inner), `.map((handler) => ${name}(handler))`]
    : [`${name}(`, spanOf(inner), ')'];
  if (conversion.dry === 0) work.draft.replace(node, parts, 'routing/bridge');
  return true;
}

/** Settings that the converted application has by itself: Express behind a bridge does no routing. */
export const OWN_SETTINGS = new Set(['x-powered-by', 'case sensitive routing', 'strict routing']);

/** Settings that change what converted handlers answer: they need a rule of their own. */
export const FOR_ALL = /^(json |jsonp |etag$|trust proxy$|query parser|subdomain|view$|env$)/;

/** Members of an application that its Express counterpart behind the bridge has as well. */
const KEPT_MEMBERS = new Set(
  'set get enable disable enabled disabled engine render locals settings'.split(' '),
);

/** `app.locals`, `app.set('views', …)`: goes to the Express application behind the bridge. */
export function useExpressApp(conversion: Conversion, work: FileWork, member: SyntaxNode | null): boolean {
  const name = member === null ? null : memberName(member);
  const object = member === null ? null : child(member, 'object');
  if (!conversion.bridging || member === null || object === null) return false;
  if (name === null || !KEPT_MEMBERS.has(name)) return false;
  const call = work.parents.get(member);
  const isCall = call?.type === 'CallExpression' && calleeOf(call) === member;
  const setting = isCall ? literalText(argumentsOf(call)[0]) : null;
  const isSetting = /^(set|get|enable|disable)d?$/.test(name);
  if (setting === null ? isSetting || name === 'settings' : OWN_SETTINGS.has(setting)) return false;
  if (appsOf(conversion).length > 1) return false;
  if (conversion.dry === 0 && work.draft.keeps(object)) {
    work.draft.replace(object, [parityName(conversion, work, 'expressApp')], 'settings/bridge');
  }
  return true;
}

/** What stays Express's must not name an application or router: that is Hono's now. */
export function refuseNamedRouters(conversion: Conversion): void {
  const kept = conversion.program.functions.filter(({ node }) => conversion.bridgedFunctions.has(node));
  for (const { references } of conversion.program.routers) {
    for (const { file, node } of references) {
      if (!kept.some((fn) => fn.file === file && holds(fn.node, node))) continue;
      const work = conversion.workOf(file);
      const member = work.parents.get(node);
      const known =
        isMember(member) && child(member, 'object') === node && KEPT_MEMBERS.has(memberName(member) ?? '');
      if (!known)
        refuse(conversion, work, node, 'routing/bridge', 'a handler that stays names the application');
    }
  }
}

/** Outcomes of the functions that stay. */
export function bridgedOutcomes(conversion: Conversion) {
  return conversion.program.functions
    .filter(({ node }) => conversion.bridgedFunctions.has(node))
    .map(({ location, name, node }) => ({
      ...location,
      name,
      outcome: 'bridged' as const,
      reason: conversion.bridgedFunctions.get(node) ?? at(location),
      runtimes: RUNTIMES,
    }));
}

/** Whether a call on the application is one of those that go to Express behind the bridge. */
export const calledMember = (call: SyntaxNode): SyntaxNode | null => {
  const callee = calleeOf(call);
  return isMember(callee) ? callee : null;
};

/**
 * `bridgeUnknown(pkg(), handler)`: from code nobody knows to the end of its route all handlers run behind one bridge, as
 * they share what it makes of the parameters and the rest of the route: what has another method there gets no such request. Returns the arguments that are left.
 */
export function bridgeRest(
  conversion: Conversion,
  work: FileWork,
  registration: Registration,
): readonly HandlerArgument[] {
  const { handlers, method, routeCall, call } = registration;
  const at = handlers.findIndex((argument) => isUnknownCode(conversion.unknown, registration, argument));
  if (at === -1 || method === 'use' || !conversion.bridging) return handlers;
  const rest = handlers.slice(at);
  const later = conversion.program.registrations.filter(
    (each) =>
      each.routeCall !== null &&
      each.routeCall.node === routeCall?.node &&
      each.call.end > call.end &&
      [each.method, method].some((one, index, both) => one === 'all' || one === both[1 - index]),
  );
  if (rest.length === 1 && later.length === 0) return handlers;
  const [first, last] = [rest[0], rest.at(-1)];
  const isOurs = rest.flatMap(packagesIn).some(({ package: name }) => REPLACED_PACKAGES.has(name));
  const all = rest.flatMap(functionsIn);
  const isWhole = all.every(
    ({ node, kind }) => conversion.bridgedFunctions.has(node) && kind !== 'error-handler',
  );
  if (first === undefined || last === undefined) return handlers;
  if (later.length > 0 || isOurs || !isWhole || method === 'head') {
    const reason = 'what this makes of the request does not reach every handler of its route';
    refuse(conversion, work, first.node, 'routing/bridge', reason);
    return handlers.slice(0, at);
  }
  const span = range(first.node, first.node.start, last.node.end);
  const parts = [`${parityName(conversion, work, 'bridgeUnknown')}(`, span, ')'];
  if (conversion.dry === 0) work.draft.replace(span, parts, 'routing/bridge');
  for (const each of rest.flatMap(packagesIn)) noteBridge(conversion, each);
  return handlers.slice(0, at);
}
