import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** A Hono application that Node's tools take as they took Express's. */
export type NodeApp<App> = App & RequestListener & Pick<Server, 'listen'>;

/** The application as a listener of Node's http server too: tests hand it to supertest, or call `app.listen(0)`. */
// biome-ignore lint/suspicious/noExplicitAny: any environment will do
export function nodeApp<App extends Hono<any>>(app: App): NodeApp<App> {
  const listener = getRequestListener(app.fetch, { hostname: 'localhost' });
  const listen = (...args: unknown[]) => createServer(listener).listen(...(args as []));
  const own = (name: PropertyKey): unknown => {
    const value: unknown = Reflect.get(app, name);
    return typeof value === 'function' ? value.bind(app) : value;
  };
  return new Proxy(listener, {
    get: (_, name) => (name === 'listen' ? listen : name in app ? own(name) : Reflect.get(listener, name)),
  }) as unknown as NodeApp<App>;
}
