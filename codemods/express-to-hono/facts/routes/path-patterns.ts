import type { Registration, RouterValue } from '../../../../src/workspace/express/program.ts';
import { routersIn } from '../../../../src/workspace/express/registrations.ts';
import type { Pattern } from '../../state/worlds.ts';

const join = (prefix: string, path: string): string =>
  `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;

/** The requests that one registration on a router may get, `prefix` being where the router is; null for anywhere. */
export function patternsOf(
  all: readonly Registration[],
  registration: Registration,
  prefix: string | null,
  seen: readonly RouterValue[] = [],
): Pattern[] {
  if (registration.method === 'param') return paramPatterns(all, registration, prefix);
  const own = placesIn(registration, prefix);
  const isUse = registration.method === 'use';
  const routers = registration.handlers.flatMap(routersIn);
  const isMount =
    isUse &&
    registration.handlers.every(({ kind }) => kind === 'router') &&
    !routers.some((each) => seen.includes(each));
  if (!isMount || routers.length === 0)
    return own.map((path) =>
      path === null
        ? null
        : {
            path,
            below: isUse || isUnread(path),
            method: isUse || registration.method === 'all' ? null : registration.method,
          },
    );
  return own.flatMap((path) =>
    routers.flatMap((router) =>
      all
        .filter(({ on }) => on === router)
        .flatMap((inner) => patternsOf(all, inner, path, [...seen, router])),
    ),
  );
}

/** What stands for a path that is not known: any number of segments below where its router is. */
const UNREAD = '<expression>';

const isUnread = (path: string): boolean => path.endsWith(UNREAD);

/** The paths of a registration, what is not known of one left open; null where its router may be anywhere. */
const placesIn = (registration: Registration, prefix: string | null): (string | null)[] =>
  pathsOf(registration).map((path) => (prefix === null ? null : join(prefix, path ?? UNREAD)));

/** A `param` callback runs for what is registered on the same router at a path that names the parameter. */
function paramPatterns(
  all: readonly Registration[],
  { on, paths }: Registration,
  prefix: string | null,
): Pattern[] {
  const names = paths.map(({ text }) => text);
  const isNamed = (path: string | null) =>
    path === null ||
    names.includes(null) ||
    [...path.matchAll(/[:*](\w+)/g)].some(([, name = '']) => names.includes(name));
  return all
    .filter((each) => each.on === on && each.method !== 'param')
    .flatMap((each): Pattern[] =>
      pathsOf(each)
        .filter(isNamed)
        .map((path) =>
          path === null || prefix === null
            ? null
            : { path: join(prefix, path), below: each.method === 'use', method: null },
        ),
    );
}

/** The paths of a registration below where its router is; null for one that is not known. */
export const pathsIn = (registration: Registration, prefix: string | null): (string | null)[] =>
  pathsOf(registration).map((path) => (path === null || prefix === null ? null : join(prefix, path)));

function pathsOf(registration: Registration): (string | null)[] {
  if (registration.rows !== undefined) return registration.rows.map(({ path }) => path);
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

/**
 * Whether both may be for one method. HEAD is answered by what is there for GET, and what answers OPTIONS answers for the
 * other methods as well: a preflight asks for them.
 */
export function shareMethod(one: Pattern, other: Pattern): boolean {
  const [a, b] = [one, other].map((each) => each?.method?.replace('head', 'get') ?? null);
  return a === null || b === null || a === b || a === 'options' || b === 'options';
}

/** Whether one path may be in both: false only where they differ in a written-out segment. */
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
