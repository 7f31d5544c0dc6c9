import type { Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { routersIn } from '../../../src/workspace/express/registrations.ts';

/** Requests by their path: those of one template, or all below it. Null: any request. */
export type Pattern = { path: string; below: boolean } | null;

const join = (prefix: string, path: string): string =>
  `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;

/** The requests that one registration on a router may get, `prefix` being where the router is; null for anywhere. */
export function patternsOf(
  all: readonly Registration[],
  registration: Registration,
  prefix: string | null,
  seen: readonly RouterValue[] = [],
): Pattern[] {
  const own = pathsOf(registration).map((path) =>
    path === null || prefix === null ? null : join(prefix, path),
  );
  const below = registration.method === 'use' || registration.method === 'param';
  const routers = registration.handlers.flatMap(routersIn);
  if (registration.method !== 'use' || routers.length === 0 || !areRoutes(all, registration, seen))
    return own.map((path) => (path === null ? null : { path, below }));
  return own.flatMap((path) =>
    routers.flatMap((router) =>
      all
        .filter(({ on }) => on === router)
        .flatMap((inner) => patternsOf(all, inner, path, [...seen, router])),
    ),
  );
}

function pathsOf(registration: Registration): (string | null)[] {
  if (registration.rows !== undefined) return registration.rows.map(({ path }) => path);
  if (registration.method === 'param') return ['/'];
  return registration.paths.length === 0 ? ['/'] : registration.paths.map(({ text }) => text);
}

/** Whether a mount holds routes only: what none of them answers goes through it as if it were not there. */
export function areRoutes(
  all: readonly Registration[],
  { handlers }: Registration,
  seen: readonly RouterValue[] = [],
): boolean {
  return handlers.every(
    (argument) =>
      argument.kind === 'router' &&
      argument.routers.every(
        (router) =>
          !seen.includes(router) &&
          all
            .filter(({ on }) => on === router)
            .every((inner) =>
              inner.method === 'use' ? areRoutes(all, inner, [...seen, router]) : !isForMany(inner),
            ),
      ),
  );
}

/** `all` at a path with a wildcard: it is there for requests that no route is for, as middleware is. */
export const isForMany = (registration: Registration): boolean =>
  registration.method === 'all' &&
  pathsOf(registration).some((path) => path === null || path.split('/').filter(Boolean).some(isOpen));

/** Whether one request may be in both: false only where their paths differ in a written-out segment. */
export function overlap(one: Pattern, other: Pattern): boolean {
  if (one === null || other === null) return true;
  const [a = [], b = []] = [one, other].map(({ path }) => path.toLowerCase().split('/').filter(Boolean));
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    // What is below a path meets it; what is no plain segment may be any number of them.
    if (left === undefined) return one.below || isOpen(right);
    if (right === undefined) return other.below || isOpen(left);
    if (isOpen(left) || isOpen(right)) return true;
    if (left !== right && !isParameter(left) && !isParameter(right)) return false;
  }
  return true;
}

const isParameter = (segment: string): boolean => /^:\w+$/.test(segment);

const isOpen = (segment: string | undefined): boolean =>
  segment === undefined || (!/^[\w.~-]+$/.test(segment) && !isParameter(segment));
