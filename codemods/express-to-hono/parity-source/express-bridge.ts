import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { Context, ErrorHandler, MiddlewareHandler } from 'hono';
import { attempt, giveHeaders, ownVariables, runConnect, takeHeaders } from './bridge.ts';
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

/** The URL as the last handlers behind the bridge left it. */
export const leftUrls = new WeakMap<Context, string>();

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

/** Runs handlers of Express as they are, on the request and response of Node's server. */
export function bridgeHandler(...handlers: unknown[]): MiddlewareHandler {
  const all = handlers.flat(Number.POSITIVE_INFINITY) as ExpressHandler[];
  if (all.some((handler) => typeof handler === 'function' && handler.length === 4))
    throw new TypeError('bridgeHandler got an error handler: give it to app.onError, in bridgeErrorHandler');
  return function bridgeHandler(c, next) {
    return runExpress(c, inOrder(all), next);
  };
}

/** Handlers of one route: each runs when the one before it goes on. */
function inOrder(handlers: ExpressHandler[]): ExpressHandler {
  return (req, res, done) => {
    let at = 0;
    const next = (error?: unknown): void => {
      const handler = error ? undefined : handlers[at++];
      if (handler === undefined) done(error === 'route' ? undefined : error);
      else attempt(() => handler(req, res, next), next);
    };
    next();
  };
}

/** Runs an error handler of Express as it is; what it passes on is thrown. */
export function bridgeErrorHandler(handler: unknown): ErrorHandler {
  return function bridgeErrorHandler(error: Error | string, c) {
    const wrapped = typeof error === 'object' && 'cause' in error && error.stack === String(error.cause);
    const failed = wrapped ? error.cause : error;
    const run: ExpressHandler = (req, res, next) => (handler as ExpressErrorHandler)(failed, req, res, next);
    return runExpress(c, run, () => notFound(c));
  };
}

function runExpress<T>(
  c: Context,
  handler: ExpressHandler,
  follow: () => T | Promise<T>,
): Promise<T | Response> {
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
  let isLeft = false;
  const leave = () => {
    if (isLeft) return;
    isLeft = true;
    incoming.url = url;
    takeLocals(c, (outgoing as { locals?: object }).locals);
    if (!outgoing.headersSent) takeHeaders(c, outgoing);
    for (const name of PARSED) if (name in c.var && !(name in incoming)) c.set(name, undefined);
    for (const [name, value] of Object.entries(incoming)) {
      const isNew = !before.has(name) && !EXPRESS_OWN.has(name) && !name.startsWith('_');
      if (isNew || ((name in c.var || PARSED.includes(name)) && before.get(name) !== value)) {
        c.set(name, value);
        taken.set(name, value);
      }
    }
  };
  const run: ExpressHandler = (_req, _res, settle) => {
    waiting.set(incoming, (req, res) => {
      const { originalUrl = url } = req as { originalUrl?: string };
      Object.assign(req, { originalUrl, url: shown, baseUrl, params: c.req.param() });
      // Express's own `next` would go on later: no route of its own follows.
      const goOn = (error?: unknown) => {
        if (!isLeft) leftUrls.set(c, req.url ?? shown);
        settle(lostAt(error, !isLeft && (req as { baseUrl?: string }).baseUrl !== baseUrl));
      };
      attempt(() => handler(req, res, goOn), goOn);
    });
    return (expressApp as unknown as ExpressHandler)(incoming, outgoing, settle);
  };
  try {
    const goOn = () => {
      leave();
      return follow();
    };
    return runConnect(c, run, goOn, leave).finally(leave);
  } catch (error) {
    leave();
    throw error;
  }
}

/** What a handler asks for that Express behind the bridge cannot do, as it routes nothing: told as an error. */
function lostAt(error: unknown, isElsewhere: boolean): unknown {
  if (error === 'router') return new Error("next('router') behind the bridge has no rule");
  return error ?? (isElsewhere ? new Error('A handler behind the bridge changed req.baseUrl') : undefined);
}

/** `res.locals = …`: what stands there now is what later handlers and views see. */
function takeLocals(c: Context, left: object = {}): void {
  const own = locals(c);
  if (left === own) return;
  for (const name of Object.keys(own)) delete own[name];
  Object.assign(own, left);
}
