import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { type AnyHono, isTaken, type RequestLine } from './taken.ts';

/** What stands beside each other. */
export interface Worlds {
  hono: AnyHono;
  express: RequestListener;
  /** Express alone. */
  handle: RequestListener;
  /** Paths below which every request is Hono's: routers that have middleware of their own. */
  below?: readonly string[] | undefined;
  /** Paths below which both answer. */
  divided?: readonly string[] | undefined;
  /** The method that a request is routed by, where it can name another. */
  methodOf?: RequestLine['methodOf'] | undefined;
}

/** The Hono application beside Express's, where that came from elsewhere: another function, a module, a class. */
export function honoBeside<Env extends object = object>(express: unknown): Hono<Env> {
  const { worlds } = express as { worlds?: Worlds };
  if (worlds === undefined) throw new Error('No Hono application stands beside this one: see besideExpress.');
  return worlds.hono;
}

/**
 * Express's application with a Hono application beside it: a request that one of Hono's routes answers is Hono's from
 * first to last, every other one is Express's and reaches it untouched. All else (`listen`, `set`, `locals`, …) is Express's.
 */
export function besideExpress<App extends RequestListener>(
  hono: AnyHono,
  express: App,
  how: Pick<Worlds, 'below' | 'divided' | 'methodOf'> = {},
): App & { worlds: Worlds } {
  const app = express as App & { handle: (...args: [IncomingMessage, ServerResponse, ...unknown[]]) => void };
  const handle = app.handle.bind(app);
  let listener: RequestListener | undefined;
  // The application itself calls `handle`, and so does what runs it inside something else.
  app.handle = (req, res, ...rest) => {
    const { method = 'GET', url: target = '/', headers } = req;
    const env = { incoming: req, outgoing: res };
    const header = (name: string) => headers[name.toLowerCase()]?.toString();
    if (!isTaken(hono, { method, target, header, env, ...how, all: true })) return handle(req, res, ...rest);
    // Only where a request names no host, as in HTTP/1.0.
    listener ??= getRequestListener((request, given) => hono.fetch(request, { ...given, express }), {
      hostname: 'localhost',
    });
    return listener(req, res);
  };
  return Object.assign(app, { worlds: { hono, express, handle, ...how } });
}
