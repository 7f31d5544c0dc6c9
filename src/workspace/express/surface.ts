import { METHODS } from 'node:http';
import type { ExternalValue, Value } from '../syntax/flow/values.ts';
import { argumentsOf } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parse.ts';
import type { Place } from './program.ts';

/** Methods that register a handler for one HTTP verb. Source: Express registers every verb of `http.METHODS`. */
export const VERBS: ReadonlySet<string> = new Set(METHODS.map((method) => method.toLowerCase()));

const REGISTERS: ReadonlySet<string> = new Set([...VERBS, 'all', 'use', 'param', 'del', '*']);
const FLUENT: ReadonlySet<string> = new Set([...REGISTERS, 'set', 'enable', 'disable', 'engine']);

/** Packages whose call makes a router like Express's own. */
const ROUTER_PACKAGES: ReadonlySet<string> = new Set(['express-promise-router', 'router']);

/** Whether a value is an app or a router, by the path that made it. */
export function routerKind(value: Value): 'app' | 'router' | null {
  if (value.kind !== 'external' || value.origin !== 'package') return null;
  // Asked of every value that flows: most are of other packages, and no text is made for them.
  const isExpress = value.module === 'express';
  if (!isExpress && !ROUTER_PACKAGES.has(value.module)) return null;
  const path = value.path.join('.');
  if (isExpress && path === '()') return 'app';
  return path === 'Router.()' || path === '()' ? 'router' : null;
}

/** `http.createServer`, `https.Server`: what it makes takes an application as a listener later on. */
export const makesServer = ({ origin, module, path }: ExternalValue): boolean =>
  origin === 'builtin' &&
  /^(?:node:)?https?$/.test(module) &&
  /^(?:createServer|Server)$/.test(path.join('.'));

export interface RouterMember {
  router: ExternalValue;
  member: string;
  /** The `route(path)` call in between, for `router.route(path).get`. */
  route: Place | null;
}

/** Splits `app.get`, `router.route('/x').put` into router and member; null for everything else. */
export function routerMember(value: Value): RouterMember | null {
  if (value.kind !== 'external' || value.parent === null) return null;
  const member = value.path.at(-1) ?? '';
  if (member === '()') return null;
  if (routerKind(value.parent) !== null) return { router: value.parent, member, route: null };
  const route = value.parent;
  const router = route.parent?.parent ?? null;
  if (router === null || route.path.at(-1) !== '()' || route.path.at(-2) !== 'route') return null;
  return routerKind(router) === null ? null : { router, member, route: route.calls.at(-1) ?? null };
}

/** Whether a call of this member registers handlers; `app.get('setting')` reads a setting. */
export function isRegistration({ router, member, route }: RouterMember, call: SyntaxNode): boolean {
  if (!REGISTERS.has(member)) return false;
  const count = argumentsOf(call).length;
  if (member === 'get' && route === null && routerKind(router) === 'app' && count === 1) return false;
  return member !== 'param' || route === null;
}

/** Express's methods return the app, router or route they are called on. Source: API reference 4.x and 5.x. */
export function returnsItself(callee: ExternalValue, call: SyntaxNode): ExternalValue | null {
  const found = routerMember(callee);
  if (found === null || !FLUENT.has(found.member)) return null;
  const isChain = isRegistration(found, call) || argumentsOf(call).length > 1 || found.member !== 'get';
  return isChain ? callee.parent : null;
}

/** Whether a value is a body parser's factory: `express.json`, `bodyParser.raw`. */
export function isBodyParser(value: Value): boolean {
  if (value.kind !== 'external' || value.origin !== 'package') return false;
  return (
    /^(express|body-parser)$/.test(value.module) && /^(json|urlencoded|text|raw)$/.test(value.path.join('.'))
  );
}

/** The class of middleware a package value is: `express.json()` is member `json` of `express`. */
export function packageMember({ module, path }: ExternalValue): {
  package: string;
  member: string;
  path: readonly string[];
} {
  return { package: module, member: path.filter((step) => step !== '()').join('.'), path };
}
