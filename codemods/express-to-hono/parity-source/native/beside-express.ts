import { type IncomingMessage, METHODS, type RequestListener, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { needs } from '../needs.ts';

// biome-ignore lint/suspicious/noExplicitAny: any environment will do
type AnyHono = Hono<any>;

type Handle = (request: IncomingMessage, response: ServerResponse, ...rest: unknown[]) => void;

/** What a request is routed by. */
type Line = { method?: string | undefined; url?: string | undefined };

/**
 * Express's application with a Hono application beside it: a request that one of Hono's routes answers is Hono's from
 * first to last, every other one is Express's and reaches it untouched. All else (`listen`, `set`, `locals`, …) is Express's.
 */
export function besideExpress<App extends RequestListener>(
  hono: AnyHono,
  express: App,
  { methodOf = ({ method }) => method }: { methodOf?: (line: Line) => string | undefined } = {},
): App {
  const { handle } = express as unknown as { handle: Handle };
  const fetch: typeof hono.fetch = (request, env) => hono.fetch(request, { ...env, express });
  const answer = getRequestListener(needs.expressState ? fetch : hono.fetch, { hostname: 'localhost' });
  const named: Handle = (request, response, ...rest) => {
    const method = methodOf(request);
    if (!isTaken(hono, { method, url: request.url })) return handle.call(express, request, response, ...rest);
    request.method = method;
    return answer(request, response);
  };
  const listener: Handle = (request, response, ...rest) =>
    isTaken(hono, request) ? answer(request, response) : handle.call(express, request, response, ...rest);
  return Object.assign(express, { handle: needs.methodNames ? named : listener });
}

/** A path that every reader splits alike: no empty, `.` or `..` segment, no character out of place. */
const PLAIN = /^(?!.*\/(?:\.|%2e){1,2}(?:\/|$))(?!.*\/\/)\/(?:[\w\-.~!$&'()*+,;=:@/]|%[\da-f]{2})*$/i;

/** Whether one of Hono's own routes is for a request. What is spelled in an odd way is Express's. */
function isTaken(hono: AnyHono, { method = 'GET', url = '' }: Line): boolean {
  const [path = ''] = (url.replace(/^https?:\/\/[^/?]*/i, '') || '/').split(/[?#]/);
  const seen = hono.getPath({ url: `http://localhost${path || '/'}` } as Request);
  const verb = method === 'HEAD' ? 'GET' : method;
  const isFor = (asked: string) =>
    hono.router.match(verb, asked)[0].some(([[, route]]) => route.method !== 'ALL');
  if (!needs.routeParams) return !path.includes('%') && isFor(seen);
  // Hono's router decodes all of a path: it would find `/a` for `/%61`.
  else {
    const raw = seen.endsWith('/') ? path : path.replace(/\/$/, '');
    return PLAIN.test(path) && decodes(path) && isFor(seen) && isFor(raw);
  }
}

function decodes(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/** The method that a POST is routed by: a key of its query may name another one (`method-override`). */
export function methodOfQuery(...keys: string[]): (line: Line) => string | undefined {
  return ({ method, url = '' }) => {
    const query = new URLSearchParams(url.split('?')[1]);
    const named = keys.map((key) => query.get(key)?.toUpperCase() ?? '');
    return (method === 'POST' && named.filter((each) => METHODS.includes(each)).pop()) || method;
  };
}
