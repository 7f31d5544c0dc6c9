import type { Context, MiddlewareHandler } from 'hono';
import { needs } from '../needs.ts';
import { targetPath } from '../target.ts';
import { asError } from './as-error.ts';
import { clientIp, hostname, protocol, type TrustProxy } from './client.ts';
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
      const goOn = (error?: unknown) => (error ? reject(asError(error)) : resolve(undefined));
      // What it throws at once, and what it rejects with, is an error of the request as in Express.
      Promise.resolve()
        .then(() => run(request, response, goOn))
        .catch(goOn);
    });
    for (const name of Object.getOwnPropertyNames(request)) c.set(name, request[name]);
    if (answer !== undefined) return answer;
    await next();
    response.finish();
  };
}

/** The request with what such middleware put on it, for functions that are handed it: `validationResult(requestOn(c))`. */
export function requestOn(c: Context, trust: TrustProxy = false): Record<string, unknown> {
  const kept = c as Context & { [ASKED]?: Record<string, unknown> };
  kept[ASKED] ??= askedOf(c, trust);
  return kept[ASKED];
}

/** What such middleware asks, each when it asks. What it sets beside these is the request's own. */
function askedOf(c: Context, trust: TrustProxy): Record<string, unknown> {
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
    get socket(): { remoteAddress?: string | undefined; encrypted: boolean } {
      return { remoteAddress: clientIp(c), encrypted: c.req.url.startsWith('https:') };
    },
    get connection(): object {
      return this.socket;
    },
    get protocol() {
      return protocol(c, trust);
    },
    get secure(): boolean {
      return this.protocol === 'https';
    },
    get hostname() {
      return hostname(c, trust);
    },
    get xhr() {
      return /^xmlhttprequest$/i.test(header('x-requested-with') ?? '');
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
  const listeners: ((this: unknown) => void)[] = [];
  let status = 200;
  const end = (made: Response) => {
    response.headersSent = true;
    response.writableEnded = true;
    response.answer(made);
    return response;
  };
  const response = {
    answer: (_made: Response) => {},
    ...{ headersSent: false, writableEnded: false },
    get statusCode(): number {
      return status;
    },
    set statusCode(code: number) {
      status = code;
      c.status(code as 200);
    },
    setHeader: (name: string, value: unknown) => {
      c.header(name, undefined);
      for (const each of [value].flat()) c.header(name, String(each), { append: true });
      return response;
    },
    removeHeader: (name: string) => c.header(name, undefined),
    append: (name: string, value: unknown) => {
      for (const each of [value].flat()) c.header(name, String(each), { append: true });
      return response;
    },
    set: (name: string | Record<string, unknown>, value?: unknown) => {
      const all = typeof name === 'string' ? [[name, value] as const] : Object.entries(name);
      for (const [key, held] of all) response.setHeader(key, held);
      return response;
    },
    header: (name: string | Record<string, unknown>, value?: unknown) => response.set(name, value),
    getHeader: (name: string) => c.res.headers.get(name) ?? undefined,
    getHeaders: () => Object.fromEntries(c.res.headers),
    status: (code: number) => {
      response.statusCode = code;
      return response;
    },
    send: (value?: unknown) =>
      end(needs.numbersAreStatus && typeof value === 'number' ? sendStatus(c, value) : send(c, value)),
    json: (value: unknown) => end(json(c, value)),
    sendStatus: (code: number) => end(sendStatus(c, code)),
    end: (text?: unknown) => end(c.body((ArrayBuffer.isView(text) ? text : String(text ?? '')) as string)),
    redirect: (first: string | number, second?: string | number) => {
      const [code, url] = typeof first === 'number' ? [first, second] : [second ?? 302, first];
      response.statusCode = Number(code);
      response.setHeader('Location', String(url).replace(/[^!-~]+/g, encodeURI));
      return response.end();
    },
    on: (event: string, listener: (this: unknown) => void) => {
      if (event === 'finish') listeners.push(listener);
      return response;
    },
    once: (event: string, listener: (this: unknown) => void) => response.on(event, listener),
    removeListener: () => response,
    finish: () => {
      if (listeners.length === 0) return;
      status = c.res.status;
      response.headersSent = true;
      response.writableEnded = true;
      // As of an emitter: a logger asks `this` for what it put on the response.
      for (const listener of listeners) listener.call(response);
    },
  };
  return response;
}
