import type { Hono } from 'hono';
import type { RouterRoute } from 'hono/types';
import type { RunningRouter } from './run-routes.ts';

/** A Hono application of any environment. */
// biome-ignore lint/suspicious/noExplicitAny: any environment will do
export type AnyHono = Hono<any>;

/** What decides which application a request belongs to. */
export interface RequestLine {
  method: string;
  /** The request target as it was sent: path and query, or a whole URL. */
  target: string;
  /** What a header of it says. */
  header?: (name: string) => string | undefined;
  /** What Hono is given beside the request. */
  env: object;
  /** Paths, without a slash at the end, below which every request is Hono's. */
  below?: readonly string[] | undefined;
  /** Paths, without a slash at the end, below which something of Express's answers, too: OPTIONS is Express's there. */
  divided?: readonly string[] | undefined;
  /** The method that a request is routed by, where it can name another. */
  methodOf?:
    | ((request: { method: string; target: string; header: (name: string) => string | undefined }) => string)
    | undefined;
  /** Whether what stands for all methods at a path without a wildcard is a route. */
  all?: boolean;
}

/** A path that every reader splits and decodes alike: no empty, `.` or `..` segment, no character out of place. */
const PLAIN = /^(?!.*\/(?:\.|%2e){1,2}(?:\/|$))(?!.*\/\/)\/(?:[\w\-.~!$&'()*+,;=:@/]|%[\da-f]{2})*$/i;

/** A path with no wildcard; what a conversion registers with `use` ends with one. */
const ONE = /^(?:\/:?[\w.~-]+)*\/?$/;

/**
 * Whether one of Hono's own routes answers a request; middleware (`use`, `all`) does not make a request Hono's.
 * What is not certain is not taken. OPTIONS is Express's, which has all middleware before that route as well; only a router that
 * reads paths as Express does lists the methods of its own.
 */
export function isTaken(
  hono: AnyHono,
  { env, below = [], divided = [], all = false, header = () => undefined, methodOf, ...line }: RequestLine,
): boolean {
  const { target } = line;
  const method = methodOf?.({ ...line, header }) ?? line.method;
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#][\s\S]*$/, '') || '/';
  const lower = `${path.toLowerCase()}/`;
  const isBelow = (prefix: string) => lower.startsWith(`${prefix.toLowerCase()}/`);
  if (below.some(isBelow)) return true;
  // That router reads paths as Express does; Hono's own would find `/a` for `/%61` and `/b/../a`.
  const isExpressRouter = hono.router.name === 'ExpressRouter';
  if (isExpressRouter ? !/^\/[^\\]*$/.test(path) : !PLAIN.test(path) || !decodes(path)) return false;
  const seen = hono.getPath({ url: `http://localhost${path}` } as Request, { env });
  const raw = path.endsWith('/') && !seen.endsWith('/') ? path.slice(0, -1) : path;
  const { router }: { router: AnyHono['router'] & Partial<RunningRouter> } = hono;
  const matchesOf = (asked: string, seenAs: string): readonly [[unknown, RouterRoute], unknown][] =>
    router.find?.(asked, seenAs) ?? router.match(asked, seenAs)[0];
  const has = (asked: string, seenAs: string) =>
    matchesOf(asked === 'HEAD' ? 'GET' : asked, seenAs).some(
      ([[, { method: own, path: pattern }]]) =>
        own === asked || (asked === 'HEAD' && own === 'GET') || (all && own === 'ALL' && ONE.test(pattern)),
    );
  const takes = (asked: string) => has(asked, seen) && (seen === raw || has(asked, raw));
  if (takes(method)) return true;
  // Only Express's router decodes the parameters of a path before it looks at methods, and lists those.
  const isTheirs = () =>
    isExpressRouter && hono.routes.some((route) => route.method !== 'ALL' && takes(route.method));
  if (method !== 'OPTIONS') return !decodes(path) && isTheirs();
  return !divided.some(isBelow) && isTheirs();
}

function decodes(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}
