import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, type Handler, Hono } from 'hono';
import type { Router } from 'hono/router';
import { handLocals } from './locals.ts';

/** What Express adds to the request and response of Node's server, as far as it is asked here. */
type ExpressRequest = IncomingMessage & { originalUrl: string; params: Record<string, string>; app: unknown };
type ExpressResponse = ServerResponse & {
  locals: Record<string, unknown>;
  send(body: string | Buffer): unknown;
};

/** Types that are text: Express names the charset of those it sends. */
const TEXT_TYPES = /^text\/|[/+](?:json|xml)\b|javascript/i;

/**
 * A handler of Hono's where Express registers one. What runs before it and what answers its errors is Express's as before:
 * `bridged(c)` is the request as that left it, and what the handler returns goes out by `res.send`.
 */
// biome-ignore lint/suspicious/noExplicitAny: a handler of any environment
export function inExpress(handler: Handler<any, any, any>) {
  let params: Record<string, string> = {};
  // Express has matched the path: its parameters are those of the one route here.
  const routes: unknown[] = [];
  const router: Router<unknown> = {
    name: 'InExpress',
    add: (_method, _path, route) => void routes.push(route),
    match: () => [routes.map((route) => [route, params])],
  };
  // biome-ignore lint/suspicious/noExplicitAny: Hono does not export the type of what its routers hold
  const hono = new Hono({ router: router as Router<any> });
  hono.all('*', (c) => answerInExpress(c, handler));
  return (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void => {
    const request = req as ExpressRequest;
    params = Object.fromEntries(
      Object.entries(request.params).map(([name, value]) => [name, notDecoded(value)]),
    );
    const { app: express } = request;
    const env = { incoming: req, outgoing: res, express, next };
    Promise.resolve(hono.fetch(requestAsLeft(request), env)).catch(next);
  };
}

async function answerInExpress(c: Context, handler: Handler): Promise<Response> {
  const { outgoing, next } = c.env as { outgoing: ExpressResponse; next: (error?: unknown) => void };
  const before = headersSoFar(c, outgoing);
  let isOn = false;
  const goOn = async () => {
    isOn = true;
    putHeaders(c.body(null), outgoing, before);
    next();
  };
  try {
    const response = await handler(c, goOn);
    // What never answers, or went on, leaves the rest to Express.
    if (!isOn && response instanceof Response) await sendByExpress(response, outgoing, before);
  } catch (error) {
    if (!outgoing.headersSent) putHeaders(c.body(null), outgoing, before);
    next(error);
  }
  return c.body(null);
}

async function sendByExpress(
  response: Response,
  outgoing: ExpressResponse,
  before: ReadonlySet<string>,
): Promise<void> {
  const type = response.headers.get('Content-Type');
  const bytes = Buffer.from(await response.arrayBuffer());
  putHeaders(response, outgoing, before);
  const isLocated = response.status > 300 && response.status < 400 && response.headers.has('Location');
  // `res.end` and `res.redirect` bring no tag.
  if (type !== null && !isLocated) outgoing.send((TEXT_TYPES.test(type) ? asText(bytes) : null) ?? bytes);
  else {
    if (isLocated && bytes.length > 0) outgoing.setHeader('Content-Length', bytes.length);
    // Where there is no body Hono's server announces no length either.
    else if (isLocated) outgoing.flushHeaders();
    outgoing.end(bytes);
  }
}

/** Headers and status that are set so far, for the context. Returns the names of the headers. */
function headersSoFar(c: Context, outgoing: ServerResponse): ReadonlySet<string> {
  for (const [name, value] of Object.entries(outgoing.getHeaders()))
    for (const each of [value].flat()) c.header(name, String(each), { append: Array.isArray(value) });
  if (outgoing.statusCode !== 200) c.status(outgoing.statusCode as 201);
  handLocals(c, (outgoing as ExpressResponse).locals);
  return new Set(outgoing.getHeaderNames());
}

/** Headers and status of a response of Hono's, those it has no more included. */
function putHeaders(response: Response, outgoing: ServerResponse, before: ReadonlySet<string>): void {
  const { headers, status } = response;
  outgoing.statusCode = status;
  for (const name of before) if (!headers.has(name)) outgoing.removeHeader(name);
  headers.forEach((value, name) => {
    if (name !== 'set-cookie' && [outgoing.getHeader(name)].flat().join(', ') !== value)
      outgoing.setHeader(name, value);
  });
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('Set-Cookie', cookies);
}

/** The request with the headers that what runs before may have changed. Its body is on Node's request. */
function requestAsLeft({ originalUrl, headers }: ExpressRequest): Request {
  const own = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  try {
    return new Request(`http://${headers.host ?? 'localhost'}${originalUrl}`, { headers: own });
  } catch {
    // A target or a host that is no URL: Express has read it already.
    return new Request('http://localhost/', { headers: own });
  }
}

/** Hono decodes a parameter, which Express has done already. */
const notDecoded = (value: string): string =>
  typeof value === 'string' && value.includes('%') ? encodeURIComponent(value) : value;

/** Bytes as text; null where they are none. */
function asText(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
