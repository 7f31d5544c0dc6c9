/**
 * Runs what is still middleware of Koa inside Hono: each gets a context of Koa's own, and what it says of the response becomes
 * Hono's. Once nothing calls `inKoa` any more, this file and the package `koa` can go.
 */
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { Context, MiddlewareHandler, NotFoundHandler } from 'hono';
import Koa from 'koa';
import { addressOf } from './address.ts';
import { onReport, report } from './errors.ts';
import { ServerResponse } from './node-response.ts';
import { paramsOf } from './params.ts';
import { toWebStream } from './web-stream.ts';

/** Koa's application, for its settings: nothing is registered on it. */
export const koaApp = new Koa();
koaApp.on('error', (error: unknown, ctx?: object) => report(error, ctx && contexts.get(ctx)));

// biome-ignore lint/suspicious/noExplicitAny: a context of Koa's, on which the application puts what it likes
type KoaContext = any;

interface Bridge {
  ctx: KoaContext;
  response: ServerResponse;
  /** The response that was made of the context. */
  made: Response | null;
  /** Parameters of the path, as the route has them. */
  params: string;
  depth: number;
}

const bridges = new WeakMap<Context, Bridge>();
const contexts = new WeakMap<object, Context>();
const nothing = new WeakSet<Context>();

/** The 404 of a request that nobody answered. */
export const nothingFound: NotFoundHandler = (c) => {
  nothing.add(c);
  return c.text('Not Found', 404);
};

const isNothing = (c: Context): boolean =>
  nothing.has(c) && c.res.status === 404 && /^text\/plain/.test(c.res.headers.get('Content-Type') ?? '');

/** Runs middleware of Koa as middleware of Hono. */
export const inKoa =
  (middleware: (ctx: KoaContext, next: () => Promise<unknown>) => unknown): MiddlewareHandler =>
  async (c, next) => {
    const bridge = bridges.get(c) ?? begin(c);
    const { ctx } = bridge;
    takeParams(bridge, c);
    load(bridge, c);
    const way = { state: 'before', seen: '' };
    bridge.depth += 1;
    try {
      await middleware(ctx, async () => {
        way.state = 'below';
        give(bridge, c);
        try {
          await next();
          take(bridge, c);
          way.state = 'after';
        } finally {
          way.seen = look(bridge);
        }
      });
    } catch (error) {
      give(bridge, c);
      throw error;
    } finally {
      bridge.depth -= 1;
    }
    if (ctx.respond === false) throw new Error('`ctx.respond = false` cannot be kept inside Hono');
    const isNew = way.state !== 'after' || way.seen !== look(bridge);
    const isEmpty = way.state === 'after' && (isNothing(c) || !c.finalized);
    let response: Response | undefined;
    if (isAnswered(ctx) && (isNew || isEmpty)) response = bridge.made = respond(bridge);
    else if (way.state !== 'after') {
      give(bridge, c);
      response = await c.notFound();
    } else if (isNew) {
      for (const [name, value] of Object.entries(bridge.response.getHeaders()))
        for (const [index, one] of [value].flat().entries())
          c.header(name, String(one), { append: index > 0 });
    }
    if (response !== undefined) {
      c.res = undefined;
      c.res = response;
    }
    if (bridge.depth === 0) finish(bridge);
    return response;
  };

/** Calls a listener of Koa's for each error that is reported, with a context of Koa's own. */
export const reportInKoa = (listener: (error: unknown, ctx?: KoaContext) => unknown): void =>
  onReport((error, c) => listener(error, c && (bridges.get(c) ?? begin(c)).ctx));

/** What tells whether middleware changed the response. */
const looks = new WeakMap<object, number>();
let count = 0;
function look({ ctx, response }: Bridge): string {
  const body = ctx.body;
  if (typeof body !== 'object' || body === null)
    return JSON.stringify([String(body), typeof body, ctx.status, response.getHeaders()]);
  if (!looks.has(body)) looks.set(body, ++count);
  return JSON.stringify([
    looks.get(body),
    JSON.stringify(isPlain(body) ? body : null),
    ctx.status,
    response.getHeaders(),
  ]);
}

const isPlain = (body: object): boolean =>
  Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype;

const isAnswered = ({ body, response }: KoaContext): boolean =>
  (body !== null && body !== undefined) ||
  response._explicitStatus === true ||
  response._explicitNullBody === true;

/** The body of a request as a stream of Node's: read only where something asks for it. */
function incoming(c: Context): Readable {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new Readable({
    async read() {
      try {
        reader ??= c.req.raw.body?.getReader();
        const part = await reader?.read();
        this.push(part?.value === undefined ? null : Buffer.from(part.value));
      } catch (error) {
        this.destroy(error as Error);
      }
    },
  });
}

/** The variable of a member of `ctx.state`: `body` is what was parsed, and `ctx.user` what the context itself has. */
const variable = (name: string | symbol): never => (name === 'body' ? 'state.body' : name) as never;

const stateNames = (c: Context): string[] =>
  Object.keys(c.var)
    .filter((name) => name !== 'body' && !name.startsWith('ctx.'))
    .map((name) => (name === 'state.body' ? 'body' : name));

/** A context of Koa's for a request. */
function begin(c: Context): Bridge {
  const { pathname, search, protocol } = new URL(c.req.url);
  const socket = Object.assign(new EventEmitter(), {
    ...{ writable: true, readable: true, encrypted: protocol === 'https:', remoteAddress: addressOf(c) },
  });
  const request = Object.assign(incoming(c), {
    ...{
      method: c.req.method,
      url: pathname + search,
      socket,
      httpVersion: '1.1',
      httpVersionMajor: 1,
      httpVersionMinor: 1,
    },
    headers: Object.fromEntries(c.req.raw.headers),
  });
  const response = new ServerResponse(socket);
  const own: KoaContext = koaApp.createContext(request as never, response as never);
  own.onerror = (error: unknown) => {
    if (error) report(error, c);
  };
  // What the other middleware keeps in Hono's variables is the same.
  own.state = new Proxy({} as Record<string, unknown>, {
    get: (_, name) => c.get(variable(name)),
    set(_, name, value) {
      c.set(variable(name), value as never);
      return true;
    },
    deleteProperty(_, name) {
      c.set(variable(name), undefined as never);
      return true;
    },
    has: (_, name) => typeof name === 'string' && stateNames(c).includes(name),
    ownKeys: () => stateNames(c),
    getOwnPropertyDescriptor: (_, name) => ({
      value: c.get(variable(name)),
      enumerable: true,
      configurable: true,
      writable: true,
    }),
  });
  Object.defineProperty(own.request, 'body', {
    ...{ get: () => c.get('body'), set: (value: unknown) => c.set('body', value), configurable: true },
  });
  // What the application puts on the context are variables too, under names that those of `ctx.state` cannot have.
  const added = new Set<string>();
  const isAdded = (target: KoaContext, name: string | symbol): name is string =>
    typeof name === 'string' && (added.has(name) || !(name in target));
  const ctx = new Proxy(own, {
    get: (target, name) => (isAdded(target, name) ? c.get(`ctx.${name}` as never) : target[name]),
    set(target, name, value) {
      if (isAdded(target, name)) {
        added.add(name);
        c.set(`ctx.${name}` as never, value as never);
      }
      target[name] = value;
      return true;
    },
  });
  own.request.ctx = own.response.ctx = ctx;
  contexts.set(own, c).set(ctx, c);
  const bridge = { ctx, response, made: null, params: '', depth: 0 };
  bridges.set(c, bridge);
  return bridge;
}

/** Parameters of the path: what middleware put beside them stays. */
function takeParams(bridge: Bridge, c: Context): void {
  const seen = JSON.stringify(paramsOf(c));
  if (seen !== bridge.params) bridge.ctx.params = Object.assign(bridge.ctx.params ?? {}, JSON.parse(seen));
  bridge.params = seen;
}

/** Headers that are there already. */
function load({ response }: Bridge, c: Context): void {
  for (const name of response.getHeaderNames()) if (!c.res.headers.has(name)) response.removeHeader(name);
  for (const [name, value] of c.res.headers)
    if (name !== 'set-cookie' && !(name === 'content-type' && (!c.finalized || isNothing(c))))
      response.setHeader(name, value);
  const cookies = c.res.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
}

/** What was said of the response before `next()`. */
function give({ ctx, response }: Bridge, c: Context): void {
  for (const [name, value] of Object.entries(response.getHeaders())) {
    if (name === 'content-length') continue;
    for (const [index, one] of [value].flat().entries()) c.header(name, String(one), { append: index > 0 });
  }
  if (ctx.response._explicitStatus === true) c.status(ctx.status);
}

/** The response that came of `next()`. */
function take(bridge: Bridge, c: Context): void {
  const { ctx } = bridge;
  if (isNothing(c) || !c.finalized) {
    load(bridge, c);
    return;
  }
  // The context knows what it said.
  if (bridge.made !== null && c.res === bridge.made) return;
  load(bridge, c);
  bridge.response.statusCode = c.res.status;
  ctx.response._explicitStatus = true;
  ctx.response._body = c.res.body;
}

/** Koa's own way to answer, as a response. Source: koa/lib/application.js, `respond`. */
function respond({ ctx, response }: Bridge): Response {
  const { status } = ctx;
  let { body } = ctx;
  if (status === 204 || status === 205 || status === 304) {
    // The body stays on the context: who stands around it may still read it.
    const headers = headersOf(response);
    for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) headers.delete(name);
    return new Response(null, { status, headers });
  }
  if (body === null || body === undefined) {
    if (ctx.response._explicitNullBody) {
      ctx.response.remove('Content-Type');
      return new Response(null, { status, headers: headersOf(response) });
    }
    const headers = headersOf(response);
    headers.set('Content-Type', 'text/plain; charset=utf-8');
    return new Response(ctx.message || String(status), { status, headers });
  }
  if (typeof body.pipe === 'function') body = toWebStream(body);
  else if (
    typeof body !== 'string' &&
    !(body instanceof Uint8Array) &&
    !(body instanceof ReadableStream) &&
    !(body instanceof Blob)
  )
    body = body instanceof Response ? body.body : JSON.stringify(body);
  return new Response(body, { status, headers: headersOf(response) });
}

function headersOf(response: ServerResponse): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.getHeaders()))
    for (const one of [value].flat()) headers.append(name, String(one));
  return headers;
}

/** Tells those who wait for the end of the response, once it is on its way. */
function finish({ ctx, response }: Bridge): void {
  const end = () => {
    response.finished = true;
    response.emit('finish');
    response.emit('close');
  };
  if (typeof ctx.body?.pipe === 'function') ctx.body.once('close', end);
  else setTimeout(end, 0);
}
