/**
 * Runs handlers of Hono where Koa calls them: what they ask of the request is asked of Koa's context, and what they answer is said
 * to it at once, so that middleware of Koa's around them sees what it always saw. Once the application is Hono's as a whole, this
 * file can go.
 */
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { Context, Next } from 'hono';
import { Hono } from 'hono';

// biome-ignore lint/suspicious/noExplicitAny: a context of Koa's, on which the application puts what it likes
type KoaContext = any;

const contexts = new WeakMap<object, Context>();

/** The answer is on Koa's context already. */
const SAID = new Response(null);
const said = new WeakSet<Response>([SAID]);

/** Makes middleware of Koa's of a handler or middleware of Hono's. */
export const inHono =
  (handler: (c: Context, next: Next) => unknown) =>
  async (ctx: KoaContext, next: () => Promise<unknown>): Promise<void> => {
    const made = await handler(contextOf(ctx), next as Next);
    if (made instanceof Response && !said.has(made)) say(ctx, made);
  };

let latest: Context | undefined;
const maker = new Hono().all('*', (c) => {
  latest = c;
  return SAID;
});

/** Hono's context for a request of Koa's; `c.env` is Koa's own. */
function contextOf(ctx: KoaContext): Context {
  const known = contexts.get(ctx);
  if (known !== undefined) return known;
  maker.fetch(new Request('http://localhost/'), ctx);
  const c = latest as Context;
  contexts.set(ctx, c);
  Object.assign(c, variables(ctx), answers(ctx));
  Object.defineProperty(c, 'var', { get: () => ctx.state });
  Object.defineProperty(c, 'res', {
    get: () => seen(ctx),
    set(response: Response) {
      if (!said.has(response)) say(ctx, response);
      c.finalized = true;
    },
  });
  const { req } = c;
  Object.defineProperties(req, {
    method: { get: () => ctx.method },
    path: { get: () => ctx.path },
    url: { get: () => ctx.href },
  });
  Object.assign(req, {
    param: (name?: string) => (name === undefined ? ctx.params : ctx.params[name]),
    query: (name?: string) => (name === undefined ? ctx.query : ctx.query[name]),
    header: (name?: string) => (name === undefined ? ctx.headers : ctx.headers[name.toLowerCase()]),
  });
  return c;
}

/** Variables are what Koa keeps in `ctx.state`, the parsed body apart. */
const variables = (ctx: KoaContext) => ({
  get: (name: string) => (name === 'body' ? ctx.request.body : ctx.state[name]),
  set(name: string, value: unknown) {
    if (name === 'body') ctx.request.body = value;
    else ctx.state[name] = value;
  },
});

/** What answers: Koa finds out by itself what a body is. */
function answers(ctx: KoaContext) {
  const body = (value: unknown, status?: number) => {
    if (status !== undefined) ctx.status = status;
    ctx.body = value;
    return SAID;
  };
  return {
    ...{ body, json: body, newResponse: body },
    text(value: string, status?: number) {
      if (!ctx.response.get('Content-Type')) ctx.type = 'text';
      return body(value, status);
    },
    html(value: string, status?: number) {
      if (!ctx.response.get('Content-Type')) ctx.type = 'html';
      return body(value, status);
    },
    redirect(to: string, status?: number) {
      if (status !== undefined) ctx.status = status;
      ctx.redirect(to);
      return SAID;
    },
    notFound: () => SAID,
    status(status: number) {
      ctx.status = status;
    },
    header(name: string, value?: string, { append = false } = {}) {
      if (value === undefined) ctx.remove(name);
      else if (append) ctx.append(name, value);
      else ctx.set(name, value);
    },
  };
}

/** What Koa would answer by now, to be read. */
function seen(ctx: KoaContext): Response {
  const response = new Response(null, { status: ctx.status, headers: headersOf(ctx) });
  said.add(response);
  return response;
}

function headersOf({ response }: KoaContext): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers))
    for (const one of [value].flat()) headers.append(name, String(one));
  return headers;
}

/** A response that a handler made by itself. */
function say(ctx: KoaContext, response: Response): void {
  ctx.status = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') ctx.set(name, value);
  for (const cookie of response.headers.getSetCookie()) ctx.append('Set-Cookie', cookie);
  ctx.body = response.body === null ? null : Readable.fromWeb(response.body as NodeStream);
}
