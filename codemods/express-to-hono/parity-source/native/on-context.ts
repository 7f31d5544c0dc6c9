import type { Context, MiddlewareHandler } from 'hono';
import { targetPath } from '../target.ts';
import { clientIp, type TrustProxy } from './client.ts';
import { currentQuery } from './kept-query.ts';
import { mountedUrl, originalUrl } from './mount.ts';
import { json, send, sendStatus } from './send.ts';

const ASKED = Symbol('the request as middleware of packages asks for it');

/**
 * Runs `(req, res, next)` middleware that asks who the client is and what it sent, sets headers, and goes on or answers. It
 * hears of the answer once that is made: its status and headers are there to be logged.
 */
export function onContext(handler: unknown, trust: TrustProxy = false): MiddlewareHandler {
  const run = handler as (req: unknown, res: unknown, next: (error?: unknown) => void) => unknown;
  return async function onContext(c, next) {
    const request = requestOn(c, trust);
    const response = responseOn(c);
    const answer = await new Promise<Response | undefined>((resolve, reject) => {
      response.answer = resolve;
      const goOn = (error?: unknown) => (error ? reject(error) : resolve(undefined));
      Promise.resolve(run(request, response, goOn)).catch(reject);
    });
    for (const [name, value] of Object.entries(request)) c.set(name, value);
    if (answer !== undefined) return answer;
    await next();
    response.finish();
  };
}

/** The request with what such middleware put on it, for functions that are handed it: `validationResult(requestOn(c))`. */
export function requestOn(c: Context, trust: TrustProxy = false): object {
  const kept = c as Context & { [ASKED]?: object };
  kept[ASKED] ??= askedOf(c, trust);
  return kept[ASKED];
}

/** What such middleware asks, each when it asks. What it sets beside these is the request's own. */
function askedOf(c: Context, trust: TrustProxy): object {
  const header = (name: string) => c.req.header(name);
  const asked = {
    get ip() {
      return clientIp(c, trust);
    },
    get headers() {
      return c.req.header();
    },
    get originalUrl() {
      return originalUrl(c);
    },
    get url() {
      return mountedUrl(c, originalUrl(c)).url;
    },
    get path(): string {
      return targetPath(this.url);
    },
    get params() {
      return c.req.param();
    },
    get query() {
      return currentQuery(c);
    },
    get cookies() {
      return c.get('cookies');
    },
    get socket() {
      return { remoteAddress: clientIp(c) };
    },
    get body(): unknown {
      return c.get('body');
    },
    set body(value) {
      c.set('body', value);
    },
    ...{ method: c.req.method, get: header, header },
    app: { get: (name: string) => (name === 'trust proxy' ? trust : undefined) },
  };
  return Object.create(asked);
}

function responseOn(c: Context) {
  const listeners: (() => void)[] = [];
  const end = (made: Response) => {
    response.headersSent = true;
    response.writableEnded = true;
    response.answer(made);
    return response;
  };
  const response = {
    answer: (_made: Response) => {},
    ...{ headersSent: false, writableEnded: false, statusCode: 200 },
    setHeader: (name: string, value: unknown) => {
      c.header(name, String(value));
      return response;
    },
    append: (name: string, value: unknown) => {
      c.header(name, String(value), { append: true });
      return response;
    },
    set: (name: string, value: unknown) => response.setHeader(name, value),
    header: (name: string, value: unknown) => response.setHeader(name, value),
    getHeader: (name: string) => c.res.headers.get(name) ?? undefined,
    getHeaders: () => Object.fromEntries(c.res.headers),
    status: (code: number) => {
      c.status(code as 429);
      return response;
    },
    send: (value?: unknown) => end(send(c, value)),
    json: (value: unknown) => end(json(c, value)),
    sendStatus: (code: number) => end(sendStatus(c, code)),
    end: () => end(c.body(null)),
    on: (event: string, listener: () => void) => {
      if (event === 'finish') listeners.push(listener);
      return response;
    },
    once: (event: string, listener: () => void) => response.on(event, listener),
    removeListener: () => response,
    finish: () => {
      if (listeners.length === 0) return;
      response.statusCode = c.res.status;
      response.headersSent = true;
      response.writableEnded = true;
      for (const listener of listeners) listener();
    },
  };
  return response;
}
