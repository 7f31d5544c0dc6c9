import type { Context, MiddlewareHandler } from 'hono';
import { targetPath } from '../target.ts';
import { clientIp, type TrustProxy } from './client.ts';
import { mountedUrl, originalUrl } from './mount.ts';
import { json, send, sendStatus } from './send.ts';

const ASKED = Symbol('the request as middleware of packages asks for it');

/** Runs `(req, res, next)` middleware that asks who the client is and what it sent, sets headers, and goes on or answers. */
export function onContext(handler: unknown, trust: TrustProxy = false): MiddlewareHandler {
  const run = handler as (req: unknown, res: unknown, next: (error?: unknown) => void) => unknown;
  return async function onContext(c, next) {
    const request = requestOn(c, trust);
    const answer = await new Promise<Response | undefined>((resolve, reject) => {
      const goOn = (error?: unknown) => (error ? reject(error) : resolve(undefined));
      Promise.resolve(run(request, responseOn(c, resolve), goOn)).catch(reject);
    });
    for (const [name, value] of Object.entries(request)) c.set(name, value);
    return answer ?? next();
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

function responseOn(c: Context, answer: (response: Response) => void) {
  const response = {
    ...{ headersSent: false, writableEnded: false },
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
    status: (code: number) => {
      c.status(code as 429);
      return response;
    },
    send: (value?: unknown) => ended(send(c, value)),
    json: (value: unknown) => ended(json(c, value)),
    sendStatus: (code: number) => ended(sendStatus(c, code)),
    end: () => ended(c.body(null)),
    // The connection is the server's own.
    ...{ on: () => response, once: () => response },
  };
  const ended = (made: Response) => {
    response.headersSent = true;
    response.writableEnded = true;
    answer(made);
    return response;
  };
  return response;
}
