import { UNKNOWN_SEGMENT } from '../../workspace/express/text.ts';
import { valueClass } from '../judging/values.ts';

/** A route of the application, as its router table has it: `GET` and `/notes/:id`. `ALL`, `USE` and `*` match every method. */
export interface RouteShape {
  method: string;
  path: string;
}

/** Finds the route of a request. */
export interface RouteTable {
  /** `METHOD /template` of every known route. */
  readonly known: readonly string[];
  /** The route's name; for a request no route matches, the path with its ids folded. */
  of(method: string, target: string): string;
}

/** Why no request can be said to be for a route whose path is not written down in the code; null for all others. */
export const unreadPath = (route: string): string | null =>
  route.includes(UNKNOWN_SEGMENT)
    ? 'its path could not be read from the code, so no request is known to be for it'
    : null;

interface Compiled extends RouteShape {
  name: string;
  pattern: RegExp;
}

/** The name by which a route is spoken of everywhere: `GET /notes/:id`. */
export const routeName = ({ method, path }: RouteShape): string => `${method.toUpperCase()} ${path}`;

/** A table over known routes. Matching is as in Express: no regard to case or a trailing slash, earlier routes first. */
export function routeTable(routes: readonly RouteShape[]): RouteTable {
  const compiled: Compiled[] = [];
  for (const route of routes) {
    const pattern = compile(route.path);
    const name = routeName(route);
    if (pattern && !compiled.some((one) => one.name === name)) compiled.push({ ...route, name, pattern });
  }
  // `route('/x').all(guard).get(…)`: the guard is no route of its own where a method has one.
  const guards = new Set(
    compiled.filter(
      (route) =>
        takesAny(route.method) &&
        compiled.some((other) => other.path === route.path && !takesAny(other.method)),
    ),
  );
  const find = (method: string, path: string) => {
    const matches = (route: Compiled) =>
      (route.method.toUpperCase() === method || takesAny(route.method)) && route.pattern.test(path);
    return compiled.find((route) => !guards.has(route) && matches(route));
  };
  return {
    known: compiled.filter((route) => !guards.has(route)).map(({ name }) => name),
    of(method, target) {
      const path = target.split('?', 1)[0] ?? target;
      const asked = method.toUpperCase();
      // A router answers HEAD with the GET route.
      const hit = find(asked, path) ?? (asked === 'HEAD' ? find('GET', path) : undefined);
      if (hit !== undefined) return hit.name;
      // What no other method's route takes is for `.all(…)` of that path.
      const guard = [...guards].find(({ pattern }) => pattern.test(path));
      return `${asked} ${guard?.path ?? foldIds(path)}`;
    },
  };
}

/** Whether a route's method stands for every one. */
export const takesAny = (method: string): boolean => /^(ALL|USE|ANY|\*)$/i.test(method);

/** Matches nothing: no request is known to be for such a route. */
const NOTHING = /(?!)/;

/** The regular expression that a route is written as, `/^\\/z/i`; null for a template. */
export function asWritten(template: string): RegExp | null {
  const [, source, flags] = /^\/(.*[\\^$|].*)\/([dgimsuvy]*)$/.exec(template) ?? [];
  if (source === undefined || /\/:\w/.test(template)) return null;
  try {
    return new RegExp(source, flags?.replace(/[gy]/g, ''));
  } catch {
    return null;
  }
}

/**
 * A template of Express 4, Express 5 or Hono, or a regular expression, as a pattern; null when it is none of these. One
 * that was not read whole matches nothing.
 */
export function compile(template: string): RegExp | null {
  if (unreadPath(template) !== null) return NOTHING;
  const written = asWritten(template);
  if (written) return written;
  let source = '';
  let rest = template.replace(/\/+$/, '');
  const tokens: readonly [RegExp, (match: RegExpExecArray) => string][] = [
    [
      /^\/:(\w+)(?:\(((?:[^()\\]|\\.)+)\)|\{((?:[^{}\\]|\\.|\{[^}]*\})+)\})?([?*+])?/,
      ([, , a, b, mark]) => parameter(a ?? b, mark),
    ],
    [/^:(\w+)(?:\(((?:[^()\\]|\\.)+)\))?/, ([, , a]) => `(?:${a ?? '[^/]+?'})`],
    [/^\*\w*/, () => '.*'],
    [/^\{/, () => '(?:'],
    [/^\}/, () => ')?'],
    [/^[^:*{}]/, ([char]) => char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')],
  ];
  while (rest !== '') {
    const token = tokens.find(([pattern]) => pattern.test(rest));
    const match = token?.[0].exec(rest);
    if (!token || !match) return null;
    source += token[1](match);
    rest = rest.slice(match[0].length);
  }
  try {
    return new RegExp(`^${source}/?$`, 'i');
  } catch {
    return null;
  }
}

function parameter(pattern: string | undefined, mark: string | undefined): string {
  const one = `(?:${pattern ?? '[^/]+?'})`;
  if (mark === '?') return `(?:/${one})?`;
  if (mark === '*') return `(?:/${one})*`;
  return mark === '+' ? `(?:/${one})+` : `/${one}`;
}

/** The path with what looks like an id replaced by `:id`, where no router table is at hand. */
/** A path with what looks like an id replaced. */
export function foldIds(path: string): string {
  return path
    .split('/')
    .map((part) => (/^\d+$/.test(part) || isGenerated(part) ? ':id' : part))
    .join('/');
}

const isGenerated = (part: string): boolean =>
  part.length >= 8 && !part.includes('.') && valueClass(part) !== null && /\d.*\d/.test(part);
