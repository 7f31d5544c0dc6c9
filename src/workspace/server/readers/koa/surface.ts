import { METHODS } from 'node:http';
import type { ExternalValue, Value } from '../../../syntax/flow/values.ts';
import { isExternal, memberOf, wayTo } from '../../values.ts';

/** Packages whose class or call is Koa's router, under the names they export it by. */
const ROUTERS: Readonly<Record<string, RegExp>> = {
  '@koa/router': /^(?:Router\.)?\(\)$/,
  'koa-router': /^(?:Router\.)?\(\)$/,
  'koa-joi-router': /^\(\)$/,
  'koa-swagger-decorator': /^SwaggerRouter\.\(\)$/,
};

export const MODULES: ReadonlySet<string> = new Set([
  'koa',
  'koa-mount',
  'koa-compose',
  ...Object.keys(ROUTERS),
]);

export const VERBS: ReadonlySet<string> = new Set([
  ...METHODS.map((method) => method.toLowerCase()),
  'all',
  'del',
]);
const FLUENT = new Set([...VERBS, 'use', 'prefix', 'param', 'register', 'redirect', 'host', 'on']);

export type Kind = 'application' | 'router';

/** Whether a value is an application of Koa or a router. */
export function kindOf(value: Value | null): Kind | null {
  if (!isExternal(value) || value.origin !== 'package') return null;
  if (value.module === 'koa') return wayTo(value) === '()' ? 'application' : null;
  return ROUTERS[value.module]?.test(wayTo(value)) === true ? 'router' : null;
}

/** Splits `router.get` into router and member; null for everything else. */
export function koaMember(value: Value): { on: ExternalValue; kind: Kind; member: string } | null {
  const found = memberOf(value);
  const kind = found === null ? null : kindOf(found.of);
  return found === null || kind === null ? null : { on: found.of, kind, member: found.member };
}

/** `app.use` and a router's methods give what they are called on. Source: Koa 3, `@koa/router` 15. */
export function givesItself(callee: ExternalValue): ExternalValue | null {
  const found = koaMember(callee);
  return found !== null && FLUENT.has(found.member) ? found.on : null;
}

/** The router whose `routes()` or `middleware()` a value is. */
export function routerOf(value: Value): ExternalValue | null {
  if (!isExternal(value) || value.path.at(-1) !== '()' || value.parent === null) return null;
  const found = koaMember(value.parent);
  return found?.kind === 'router' && /^(routes|middleware)$/.test(found.member) ? found.on : null;
}
