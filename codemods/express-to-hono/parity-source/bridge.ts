import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, ErrorHandler, MiddlewareHandler } from 'hono';
import { clientIp, hostname, protocol, type TrustProxy } from './client.ts';
import { currentStatus } from './end.ts';
import { notFound } from './error-page.ts';
import { query } from './express4/query.ts';

/** Middleware as Connect and Express know it. */
type ConnectHandler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => unknown;

/** Members of the context that a request of Express has under the same name. */
const SHARED = ['body', 'file', 'files', 'cookies', 'signedCookies'];

/** Runs a Connect middleware as it is, on the request and response of Node's server (Node, Bun and Deno have one). */
export function bridge(
  handler: unknown,
  options: { trust?: TrustProxy; locals?: string[] } = {},
): MiddlewareHandler {
  return async function bridge(c, next) {
    const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
    lendRequest(c, incoming, options.trust);
    Object.assign(incoming, ownVariables(c, options.locals));
    giveHeaders(c, outgoing);
    const passed = await runConnect(handler as ConnectHandler, incoming, outgoing);
    if (!passed) return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
    takeHeaders(c, outgoing);
    await next();
    Object.assign(incoming, ownVariables(c, options.locals));
  };
}

/** Runs a Connect error handler as it is; what it passes on is thrown. */
export function bridgeError(
  handler: unknown,
  options: { trust?: TrustProxy; locals?: string[] } = {},
): ErrorHandler {
  return async function bridgeError(error, c) {
    const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
    lendRequest(c, incoming, options.trust);
    Object.assign(incoming, ownVariables(c, options.locals));
    giveHeaders(c, outgoing);
    outgoing.statusCode = currentStatus(c);
    const run: ConnectHandler = (req, res, next) =>
      (handler as (error: Error, ...rest: unknown[]) => unknown)(error, req, res, next);
    const passed = await runConnect(run, incoming, outgoing);
    return passed ? notFound(c) : new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
  };
}

/** The request as bridged middleware sees it: `bridged(c).session`, `bridged(c).logIn(user, done)`. */
// biome-ignore lint/suspicious/noExplicitAny: what middleware puts on a request is typed by the middleware, if at all
export function bridged(c: Context): IncomingMessage & Record<string, any> {
  return (c.env as { incoming: IncomingMessage }).incoming;
}

/** What was set on the request; `locals` are the names that belong to the response. */
export function ownVariables(c: Context, locals: string[] = []): Record<string, unknown> {
  return Object.fromEntries(Object.entries(c.var).filter(([name]) => !locals.includes(name)));
}

/** What Express adds to a request, where middleware looks for it. */
function lendRequest(c: Context, incoming: IncomingMessage, trust?: TrustProxy): void {
  const shared = SHARED.filter((name) => c.get(name) !== undefined).map((name) => [name, c.get(name)]);
  Object.assign(incoming, { originalUrl: incoming.url }, Object.fromEntries(shared), {
    query: query(c),
    ip: clientIp(c, trust),
    hostname: hostname(c, trust),
    protocol: protocol(c, trust),
    secure: protocol(c, trust) === 'https',
  });
}

/** Headers that were set so far, on Node's response. */
export function giveHeaders(c: Context, outgoing: ServerResponse): void {
  for (const [name, value] of c.res.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  const cookies = c.res.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
}

/** Resolves to whether the middleware went on; false once it has answered by itself. */
export function runConnect(
  handler: ConnectHandler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const answered = () => resolve(false);
    const settle = (error?: unknown) => {
      outgoing.off('finish', answered).off('close', answered);
      if (error && !outgoing.headersSent) reject(error);
      else resolve(!outgoing.headersSent);
    };
    outgoing.once('finish', answered).once('close', answered);
    const run = async () => handler(incoming, outgoing, settle);
    run().catch(settle);
  });
}

/** Headers and status that a middleware left on Node's response go on with the context, those it removed do not. */
export function takeHeaders(c: Context, outgoing: ServerResponse): void {
  for (const name of [...c.res.headers.keys()]) c.header(name, undefined);
  for (const [name, value] of Object.entries(outgoing.getHeaders())) {
    outgoing.removeHeader(name);
    for (const each of [value].flat()) c.header(name, String(each), { append: Array.isArray(value) });
  }
  if (outgoing.statusCode !== 200) c.status(outgoing.statusCode as 201);
}
