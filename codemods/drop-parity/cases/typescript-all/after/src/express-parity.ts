/**
 * Keeps what clients saw of this application when it ran on Express 5, byte for byte.
 * Each function is one behaviour. To give one up, remove its calls in the application and then the function here;
 * nothing else depends on it being here. The file is yours: nothing will write to it again.
 */

import type { IncomingMessage } from 'node:http';
import type { Context, Next } from 'hono';
import type { Params, Router } from 'hono/router';
import type { H, RouterRoute } from 'hono/types';
import type { StatusCode } from 'hono/utils/http-status';
import { match as matchPath } from 'path-to-regexp';

// Routing

type RouteEntry = [H, RouterRoute];

interface Layer {
  entry: RouteEntry;
  method: string;
  match: PathMatcher;
}

const allowedMethods = new WeakMap<Context, string[]>();

const splats = new WeakMap<Context, PathParams>();

const runningRoutes = new WeakMap<Context, RouterRoute>();

/** Express's routing for the Hono constructor: paths, case, trailing slash, prefixes, 400 on a bad parameter, OPTIONS. */
export function expressRouting(
  options: { version?: 4 | 5; caseSensitive?: boolean; strict?: boolean } = {},
): {
  router: Router<RouteEntry>;
  getPath: (request: Request, options?: { env?: unknown }) => string;
} {
  const layers: Layer[] = [];
  return {
    router: {
      name: 'ExpressRouter',
      add: (method, path, [handler, route]) => {
        const match = compileLayer(method, path, route.basePath, options);
        layers.push({ entry: [runRoute(handler, route), route], method, match });
      },
      match: (method, path) => [matchLayers(layers, method, path)],
    },
    getPath: (request, { env } = {}) => targetPath(requestTarget(request, env)),
  };
}

/** `use` registers `/x/*`: a prefix. In a mounted router the mount path alone is its `/`. */
function compileLayer(
  method: string,
  path: string,
  basePath: string,
  options: { caseSensitive?: boolean; strict?: boolean },
): PathMatcher {
  if (method === 'ALL' && path.endsWith('/*')) {
    return compilePath(path.slice(0, -2) || '/', { ...options, end: false });
  }
  const match = compilePath(path, { ...options, end: true });
  if (basePath === '/') return match;
  const mount = compilePath(basePath, { caseSensitive: options.caseSensitive, strict: true, end: true });
  return (requested) => match(requested) ?? (mount(requested) ? match(`${requested}/`) : undefined);
}

/** The handlers a request meets, in the order they were declared. */
function matchLayers(layers: Layer[], method: string, path: string): [RouteEntry, Params][] {
  const found: [RouteEntry, Params][] = [];
  const allowed = new Map<string, string[]>();
  let router = '/';
  for (const { entry, method: handled, match } of layers) {
    if (entry[1].basePath !== router) {
      answerRouterOptions(found, router, allowed);
      router = entry[1].basePath;
    }
    let params: PathParams | undefined;
    try {
      params = match(path);
    } catch (error) {
      found.push([extraEntry(() => Promise.reject(error)), {}]);
      return found;
    }
    if (!params) continue;
    if (handled === 'ALL' || handled === method) found.push(...withParams(entry, params));
    else if (method === 'OPTIONS') allowed.set(router, [...(allowed.get(router) ?? []), handled]);
  }
  answerRouterOptions(found, router, allowed);
  const unanswered = allowed.get('/');
  if (unanswered) found.push([noteEntry(allowedMethods, unanswered), {}]);
  return found;
}

/** A mounted router answers OPTIONS itself, before anything declared after it. */
function answerRouterOptions(
  found: [RouteEntry, Params][],
  router: string,
  allowed: Map<string, string[]>,
): void {
  const methods = allowed.get(router);
  if (router === '/' || !methods) return;
  found.push([extraEntry((c) => answerOptions(c, methods)), {}]);
  allowed.delete(router);
}

function withParams(entry: RouteEntry, params: PathParams): [RouteEntry, Params][] {
  const guarded: Params = {};
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) guarded[name] = guardParam([value].flat().join('/'));
  }
  if (!Object.values(params).some(Array.isArray)) return [[entry, guarded]];
  return [
    [noteEntry(splats, params), {}],
    [entry, guarded],
  ];
}

/** Notes the route while its handler runs. Express hands anything thrown to its error handlers; Hono only Errors. */
function runRoute(handler: H, route: RouterRoute): H {
  const run = (c: Context, next: Next) => {
    const enter = () => runningRoutes.set(c, route);
    enter();
    try {
      const answer: unknown = handler(c, () => next().finally(enter));
      return answer instanceof Promise ? answer.catch(throwError) : answer;
    } catch (thrown) {
      return throwError(thrown);
    }
  };
  return run as H;
}

function throwError(thrown: unknown): never {
  if (thrown instanceof Error) throw thrown;
  const own = typeof thrown === 'object' ? thrown : undefined;
  throw Object.assign(new Error(String(thrown), { cause: thrown }), { stack: String(thrown) }, own);
}

function extraEntry(handler: (c: Context, next: Next) => unknown): RouteEntry {
  const entry = handler as H;
  return [entry, { basePath: '/', path: '/*', method: 'ALL', handler: entry }];
}

function noteEntry<T>(notes: WeakMap<Context, T>, value: T): RouteEntry {
  return extraEntry((c, next) => {
    notes.set(c, value);
    return next();
  });
}

type PathParams = Record<string, string | string[] | undefined>;

type PathMatcher = (path: string) => PathParams | undefined;

/** Express 5 paths: `:id`, `*splat`, `{/:optional}`; case and a trailing slash do not matter unless asked. */
function compilePath(
  path: string,
  options: { caseSensitive?: boolean; strict?: boolean; end: boolean },
): PathMatcher {
  if (path === '/' && !options.end) return () => ({});
  const strict = options.end && options.strict;
  const match = matchPath(strict || path === '/' ? path : path.replace(/\/+$/, ''), {
    sensitive: options.caseSensitive,
    end: options.end,
    trailing: !strict,
    decode: decodeParam,
  });
  return (requested) => {
    const found = match(requested);
    return found ? { ...found.params } : undefined;
  };
}

/** Express's own failure for a parameter that is not valid percent-encoding: status 400, before the handler runs. */
function decodeParam(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    error.message = `Failed to decode param '${value}'`;
    throw Object.assign(error, { status: 400, statusCode: 400 });
  }
}

/** Hono decodes a parameter when it is read; one that is decoded already must come out unchanged. */
function guardParam(value: string): string {
  return value.includes('%') ? encodeURIComponent(value) : value;
}

/** Express 5 answers OPTIONS with the methods of the routes that match, sorted. */
function answerOptions(c: Context, methods: string[]): Response {
  const allow = [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))]
    .sort()
    .join(', ');
  c.header('Allow', allow);
  c.header('Content-Type', 'text/plain');
  c.header('X-Content-Type-Options', 'nosniff');
  return end(c, allow, 200);
}

/** Express reads the request target as it was sent; a Request's URL is already normalised (`/a/../b` is `/b`). */
function requestTarget(request: Request, env: unknown): string {
  const { incoming } = (env ?? {}) as { incoming?: IncomingMessage };
  const target = incoming?.url ?? request.url;
  return target.startsWith('/') ? target : target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '') || '/';
}

/** The path of a request target, undecoded. */
function targetPath(target: string): string {
  return target.replace(/[?#].*$/s, '');
}

// Every response

const ended = new WeakSet<Context>();

/** `res.end`: Express adds neither an ETag nor a charset to what is written this way. */
function end(
  c: Context,
  body: string | Uint8Array<ArrayBufferLike> | ReadableStream | null = null,
  status?: number,
): Response {
  ended.add(c);
  if (status !== undefined) c.status(status as StatusCode);
  const announced = c.body(null).headers.get('Transfer-Encoding') !== null;
  // A server gives text and bytes a length; what was announced in chunks has to be a stream.
  const response = c.body((announced && body !== null ? new Response(body as string).body : body) as string);
  const length = lengthOf(body);
  const hasNoBody =
    response.status === 204 || response.status === 304 || (length === 0 && c.req.method === 'HEAD');
  const { headers } = response;
  if (c.req.method === 'HEAD') headers.delete('Transfer-Encoding');
  if (length === undefined || hasNoBody) return response;
  if (headers.has('Content-Length') || headers.has('Transfer-Encoding')) return response;
  headers.set('Content-Length', String(length));
  return response;
}

function lengthOf(body: string | Uint8Array | ReadableStream | null): number | undefined {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return body === null ? 0 : (body as Partial<Uint8Array>).byteLength;
}

