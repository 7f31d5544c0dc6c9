import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** A Hono application that Node's tools take as they took Express's. */
export type NodeApp<App> = App & RequestListener & Pick<Server, 'listen'>;

/** Express's `app` was a listener of Node's http server too: tests hand it to supertest, or call `app.listen(0)`. */
// biome-ignore lint/suspicious/noExplicitAny: any environment will do
export function nodeApp<App extends Hono<any>>(app: App): NodeApp<App> {
  // A Worker has no server to listen with, and takes a function for a class.
  const { navigator } = globalThis as { navigator?: { userAgent: string } };
  if (navigator?.userAgent === 'Cloudflare-Workers') return app as NodeApp<App>;
  // Only where a request names no host, as in HTTP/1.0.
  const listener = getRequestListener(app.fetch, { hostname: 'localhost' });
  const listen = (...args: unknown[]) => createServer(listener).listen(...(args as []));
  const own = (name: PropertyKey) => {
    const value: unknown = Reflect.get(app, name);
    return typeof value === 'function' ? value.bind(app) : value;
  };
  return new Proxy(listener, {
    get: (_, name) => (name === 'listen' ? listen : name in app ? own(name) : Reflect.get(listener, name)),
    set: (_, name, value) => Reflect.set(app, name, value),
  }) as unknown as NodeApp<App>;
}
