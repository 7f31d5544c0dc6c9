import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { Context, ErrorHandler, MiddlewareHandler } from 'hono';
import { giveHeaders, ownVariables, runConnect, takeHeaders } from './bridge.ts';
import { currentStatus } from './end.ts';
import { notFound } from './error-page.ts';
import { locals } from './locals.ts';
import { mountPath, urlInMount } from './mount.ts';
import { send } from './send.ts';

type ExpressHandler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => unknown;
type ExpressErrorHandler = (
  error: unknown,
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => unknown;

/** Members of the context that a request of Express has under the same name. */
const PARSED = ['body', 'file', 'files', 'cookies', 'signedCookies'];

/** What Express itself puts on every request. */
const EXPRESS_OWN = new Set(['originalUrl', 'url', 'baseUrl', 'params', 'query', 'next', 'res', 'route']);

/** What was taken from each request into its context, by name. */
const takenBack = new WeakMap<IncomingMessage, Map<string, unknown>>();

/** Handlers waiting for Express to have made a request its own. */
const waiting = new WeakMap<IncomingMessage, ExpressHandler>();

/** The Express application behind the bridge: it has the settings, views and `locals`, but no routes. */
export const expressApp = createExpressApp();

function createExpressApp() {
  const app = express();
  app.disable('x-powered-by');
  app.use((req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) =>
    waiting.get(req)?.(req, res, next),
  );
  return app;
}

/** `res.render` with the views of the Express application behind the bridge. */
export function renderWithExpress(c: Context, name: string, options?: object | null): Promise<Response> {
  let settle: (error: unknown, text?: unknown) => void = () => {};
  const answer = new Promise<Response>((resolve, reject) => {
    settle = (error, text) => (error ? reject(error) : resolve(send(c, text)));
  });
  expressApp.render(name, Object.assign(options ?? {}, { _locals: locals(c) }), settle);
  return answer;
}

/** Runs a handler of Express as it is, on the request and response of Node's server. */
export function bridgeHandler(handler: unknown): MiddlewareHandler {
  if (typeof handler === 'function' && handler.length === 4)
    throw new TypeError('bridgeHandler got an error handler: give it to app.onError, in bridgeErrorHandler');
  const run = (Array.isArray(handler) ? express.Router().use(handler) : handler) as ExpressHandler;
  return async function bridgeHandler(c, next) {
    const passed = await runExpress(c, run);
    if (!passed) return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
    await next();
  };
}

/** Runs an error handler of Express as it is; what it passes on is thrown. */
export function bridgeErrorHandler(handler: unknown): ErrorHandler {
  return async function bridgeErrorHandler(error: Error | string, c) {
    const wrapped = typeof error === 'object' && 'cause' in error && error.stack === String(error.cause);
    const failed = wrapped ? error.cause : error;
    const run: ExpressHandler = (req, res, next) => (handler as ExpressErrorHandler)(failed, req, res, next);
    const passed = await runExpress(c, run);
    return passed ? notFound(c) : new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
  };
}

async function runExpress(c: Context, handler: ExpressHandler): Promise<boolean> {
  const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
  const [url, shown, baseUrl] = [incoming.url, urlInMount(c), mountPath(c)];
  const give = (name: string, value: unknown) =>
    Object.defineProperty(incoming, name, { value, writable: true, enumerable: true, configurable: true });
  const taken = takenBack.get(incoming) ?? new Map<string, unknown>();
  takenBack.set(incoming, taken);
  for (const [name, value] of Object.entries(ownVariables(c))) {
    // What came from the request and was not set anew since may have changed there.
    if (!taken.has(name) || taken.get(name) !== value) give(name, value);
  }
  for (const name of PARSED) if (c.get(name) !== undefined) give(name, c.get(name));
  const before = new Map(Object.entries(incoming));
  giveHeaders(c, outgoing);
  outgoing.statusCode = currentStatus(c);
  Object.assign(outgoing, { locals: locals(c) });
  waiting.set(incoming, (req, res, next) => {
    Object.assign(req, { originalUrl: url, url: shown, baseUrl, params: c.req.param() });
    const run = async () => handler(req, res, next);
    run().catch(next);
  });
  let passed = false;
  try {
    passed = await runConnect(expressApp as unknown as ExpressHandler, incoming, outgoing);
  } finally {
    incoming.url = url;
    if (!outgoing.headersSent) takeHeaders(c, outgoing);
  }
  for (const [name, value] of Object.entries(incoming)) {
    const isNew = !before.has(name) && !EXPRESS_OWN.has(name) && !name.startsWith('_');
    if (isNew || ((name in c.var || PARSED.includes(name)) && before.get(name) !== value)) {
      c.set(name, value);
      taken.set(name, value);
    }
  }
  return passed;
}
