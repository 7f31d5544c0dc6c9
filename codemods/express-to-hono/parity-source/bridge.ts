import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Context, ErrorHandler, MiddlewareHandler } from 'hono';
import { clientIp, hostname, protocol, type TrustProxy } from './client.ts';
import { cookieSecret } from './cookies.ts';
import { currentStatus, leaveLength } from './end.ts';
import { notFound } from './error-page.ts';
import { withCharset } from './express4/content-types.ts';
import { keptParams } from './kept-params.ts';
import { currentQuery } from './kept-query.ts';
import { mountedUrl } from './mount.ts';
import { stateOf } from './request-state.ts';
import { rejection } from './running-route.ts';
import { targetPath } from './target.ts';

/** Middleware as Connect and Express know it. */
type ConnectHandler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => unknown;

/** Lends Node's response more ways to answer than it has; what is answered with them is handed to `answer`. */
export type Lend = (c: Context, trust: TrustProxy, answer: (make: () => Response) => void) => void;

export interface BridgeOptions {
  trust?: TrustProxy;
  /** Names in the context that belong to the response, or the one object that is `res.locals`. */
  locals?: string[] | ((c: Context) => object);
  lend?: Lend;
}

/** Members of the context that a request of Express has under the same name. */
export const SHARED = ['body', 'file', 'files', 'cookies', 'signedCookies'];

/** Runs a Connect middleware as it is, on the request and response of Node's server (Node, Bun and Deno have one). */
export function bridge(handler: unknown, options: BridgeOptions = {}): MiddlewareHandler {
  return function bridge(c, next) {
    const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
    const takeBack = lendRequest(c, incoming, options.trust);
    lendVariables(c, options.locals);
    giveHeaders(c, outgoing);
    const goOn = async () => {
      takeHeaders(c, outgoing);
      if (Object.getOwnPropertyDescriptor(outgoing, 'end') !== undefined) headAtEnd(c, outgoing);
      await next();
      lendVariables(c, options.locals);
    };
    return runConnect(c, handler as ConnectHandler, goOn, { takeBack, ...options });
  };
}

/** Runs a Connect error handler as it is; what it passes on is thrown. */
export function bridgeError(handler: unknown, options: BridgeOptions = {}): ErrorHandler {
  return function bridgeError(error, c) {
    const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
    // Hono says so itself only where a middleware stands before the handler that failed.
    c.error ??= error;
    const takeBack = lendRequest(c, incoming, options.trust);
    lendVariables(c, options.locals);
    giveHeaders(c, outgoing);
    outgoing.statusCode = currentStatus(c);
    const run: ConnectHandler = (req, res, next) =>
      (handler as (error: Error, ...rest: unknown[]) => unknown)(error, req, res, next);
    return runConnect(c, run, () => notFound(c), { takeBack, ...options });
  };
}

/** The request as bridged middleware sees it: `bridged(c).session`, `bridged(c).logIn(user, done)`. */
// biome-ignore lint/suspicious/noExplicitAny: what middleware puts on a request is typed by the middleware, if at all
export function bridged(c: Context): IncomingMessage & Record<string, any> {
  return (c.env as { incoming: IncomingMessage }).incoming;
}

/** What was set on the request; `locals` are the names that belong to the response. */
export function ownVariables(c: Context, locals: BridgeOptions['locals'] = []): Record<string, unknown> {
  const names = typeof locals === 'function' ? ['locals'] : locals;
  return Object.fromEntries(Object.entries(c.var).filter(([name]) => !names.includes(name)));
}

/** What was set on the request, and what was set on `res.locals`. */
function lendVariables(c: Context, locals: BridgeOptions['locals'] = []): void {
  const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
  Object.assign(incoming, ownVariables(c, locals));
  const named = (names: string[]) =>
    Object.assign(Object.create(null), Object.fromEntries(names.map((name) => [name, c.get(name)])));
  Object.assign(outgoing, { locals: typeof locals === 'function' ? locals(c) : named(locals) });
}

/**
 * What Express adds to a request, where middleware looks for it.
 *
 * @returns takes back what is only so until the middleware goes on: the URL that a mount has shortened
 */
function lendRequest(c: Context, incoming: IncomingMessage, trust?: TrustProxy): () => void {
  const shared = SHARED.filter((name) => c.get(name) !== undefined).map((name) => [name, c.get(name)]);
  const secret = cookieSecret(c);
  const { url: whole = '', headers } = incoming;
  const { baseUrl, url } = mountedUrl(c, whole);
  const header = (name: string): unknown =>
    /^referr?er$/i.test(name) ? (headers.referrer ?? headers.referer) : headers[name.toLowerCase()];
  Object.assign(incoming, { originalUrl: whole, baseUrl, url }, Object.fromEntries(shared), {
    ...{
      get: header,
      header,
      query: currentQuery(c),
      params: c.error ? {} : keptParams(c),
      path: targetPath(url),
    },
    ip: clientIp(c, trust),
    hostname: hostname(c, trust),
    protocol: protocol(c, trust),
    secure: protocol(c, trust) === 'https',
    xhr: String(headers['x-requested-with']).toLowerCase() === 'xmlhttprequest',
    ...(secret !== undefined && { secret }),
  });
  return () => {
    incoming.url = whole;
  };
}

/** What a middleware made of the headers of the request; `before` are those it was given. */
export function takeRequestHeaders(c: Context, before: IncomingHttpHeaders): void {
  const { headers } = bridged(c);
  for (const name of new Set([...Object.keys(before), ...Object.keys(headers)])) {
    const value = headers[name];
    if (value === before[name]) continue;
    if (value === undefined) c.req.raw.headers.delete(name);
    else c.req.raw.headers.set(name, String(value));
  }
}

/** Headers that were set so far, on Node's response, unless its head is gone; `charset()` comes too late for what answers there. */
export function giveHeaders(c: Context, outgoing: ServerResponse): void {
  closed.get(outgoing)?.();
  stateOf(c).handBack?.();
  if (outgoing.headersSent) return;
  // Not those of `c.res`: to ask for that makes a response, which the answer is then copied into.
  const { headers } = c.body(null);
  headers.forEach((value, name) => {
    if (name !== 'set-cookie') outgoing.setHeader(name, name === 'content-type' ? withCharset(value) : value);
  });
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
}

/**
 * Runs a middleware and what follows it: `goOn` is called inside the middleware's `next()`, as Express does, so that code
 * after `next()` finds done what handlers did at once.
 *
 * What fails at once is thrown at once, as error handlers run inside `next()` too.
 *
 * @returns what `goOn` resolves to; where the middleware has answered by itself, the sign that nothing is left to send
 */
export function runConnect<T>(
  c: Context,
  handler: ConnectHandler,
  goOn: () => T | Promise<T>,
  { takeBack, lend, trust = false }: BridgeOptions & { takeBack: () => void },
): Promise<T | Response> {
  const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
  const sent = () => new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
  let failed: { error: unknown } | undefined;
  let isRunning = true;
  const result = new Promise<T | Response>((resolve, reject) => {
    const answered = () => resolve(sent());
    let isOn = false;
    let isAnswered = false;
    const settle = (error?: unknown) => {
      takeBack();
      outgoing.off('finish', answered).off('close', answered);
      if (failed !== undefined || isAnswered) return;
      const hasHandlerAnswered = isOn && c.finalized;
      // What fails after the first bytes closes the connection, as Express does, and its error handlers come too late to answer.
      if (error && outgoing.headersSent && !outgoing.writableEnded) {
        outgoing.destroy();
        if (!hasHandlerAnswered) return reject(error);
      }
      if ((outgoing.headersSent || hasHandlerAnswered) && error) console.error(error);
      if (outgoing.headersSent || hasHandlerAnswered) return isOn || resolve(sent());
      if (error || isOn) {
        // An error handler finds the status and the headers that were set before it, as in Express.
        if (!isOn) takeHeaders(c, outgoing);
        failed = { error: error ?? new Error('next() was called twice before there was an answer') };
        closeResponse(outgoing);
        return isRunning ? resolve(sent()) : reject(failed.error);
      }
      isOn = true;
      return attempt(async () => resolve(await goOn()), reject);
    };
    outgoing.once('finish', answered).once('close', answered);
    lend?.(c, trust, (make) => {
      outgoing.off('finish', answered).off('close', answered);
      if (isAnswered) return;
      isAnswered = true;
      takeBack();
      takeHeaders(c, outgoing);
      resolve(make());
    });
    attempt(() => handler(incoming, outgoing, settle), settle);
  });
  isRunning = false;
  if (failed !== undefined) throw (failed as { error: unknown }).error;
  return result;
}

/** How to open responses again that were closed. */
const closed = new WeakMap<ServerResponse, () => void>();

/**
 * Express's error handlers have answered when `next(err)` returns: what a handler still does to the response comes too late and is
 * left out, until the next handler behind a bridge takes it or the server writes the head.
 */
function closeResponse(outgoing: ServerResponse): void {
  if (closed.has(outgoing)) return;
  const kept = new Map<string, PropertyDescriptor | undefined>();
  const put = (name: string, descriptor: PropertyDescriptor) => {
    kept.set(name, Object.getOwnPropertyDescriptor(outgoing, name));
    Object.defineProperty(outgoing, name, { ...descriptor, configurable: true });
  };
  const open = () => {
    closed.delete(outgoing);
    for (const [name, descriptor] of kept) {
      // What was put around it in the meantime stays.
      if (shut.has(name) && Object.getOwnPropertyDescriptor(outgoing, name)?.value !== shut.get(name))
        continue;
      if (descriptor === undefined) Reflect.deleteProperty(outgoing, name);
      else Object.defineProperty(outgoing, name, descriptor);
    }
  };
  const shut = new Map<string, unknown>();
  const shutOff = (name: (typeof SHUT)[number] | 'writeHead') => {
    const run = outgoing[name].bind(outgoing) as (...all: unknown[]) => unknown;
    const value = (...given: unknown[]) => {
      if (name === 'writeHead') open();
      return closed.has(outgoing) ? outgoing : run(...given);
    };
    shut.set(name, value);
    put(name, { value, writable: true });
  };
  for (const name of SHUT) shutOff(name);
  shutOff('writeHead');
  put('headersSent', { get: () => true });
  closed.set(outgoing, open);
}

/** What a handler does to a response that is closed to it. */
const SHUT = ['setHeader', 'appendHeader', 'removeHeader', 'flushHeaders', 'write', 'end'] as const;

const headsAtEnd = new WeakSet<ServerResponse>();

/**
 * A session or a compression stands around `end`, and sends a head of its own where the body comes later. The server writes the
 * head first, where Express left it to `end`: one that announces no length waits for it.
 */
function headAtEnd(c: Context, outgoing: ServerResponse): void {
  leaveLength(c);
  if (headsAtEnd.has(outgoing)) return;
  headsAtEnd.add(outgoing);
  const written = outgoing.writeHead.bind(outgoing) as (...all: unknown[]) => ServerResponse;
  let isDue = false;
  const writeHead = (status: number, ...given: unknown[]) => {
    const headers = given[given.length - 1];
    const names = headers instanceof Object && !Array.isArray(headers) ? Object.entries(headers) : [];
    const isFramed = names.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
    if (isDue || isFramed) return written(status, ...given);
    isDue = true;
    outgoing.statusCode = status;
    for (const [name, value] of names) outgoing.setHeader(name, value);
    return outgoing;
  };
  Object.defineProperty(outgoing, 'writeHead', { value: writeHead, configurable: true, writable: true });
  // Node writes the head of its own accord for these: what a middleware has answered there is no answer of the server's.
  for (const name of ['write', 'end', 'flushHeaders'] as const) {
    const run = outgoing[name].bind(outgoing) as (...all: unknown[]) => unknown;
    const value = (...given: unknown[]) => {
      isDue = true;
      return run(...given);
    };
    Object.defineProperty(outgoing, name, { value, configurable: true, writable: true });
  }
}

/** Runs a function that may throw at once or reject later. */
export function attempt(run: () => unknown, fail: (error: unknown) => void): void {
  try {
    Promise.resolve(run()).catch((reason) => fail(rejection(reason)));
  } catch (error) {
    fail(error);
  }
}

/** Headers and status that a middleware left on Node's response go on with the context, those it removed do not. */
export function takeHeaders(c: Context, outgoing: ServerResponse): void {
  // All the names first: Hono may hand out the headers themselves, and one taken away would hide the next.
  const names: string[] = [];
  c.body(null).headers.forEach((_value, name) => void names.push(name));
  for (const name of names) c.header(name, undefined);
  for (const [name, value] of Object.entries(outgoing.getHeaders())) {
    outgoing.removeHeader(name);
    for (const each of [value].flat()) c.header(name, String(each), { append: Array.isArray(value) });
  }
  if (outgoing.statusCode !== 200) c.status(outgoing.statusCode as 201);
}
