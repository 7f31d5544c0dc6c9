import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';

/** A Hono application that Node's tools take as they took Express's. */
export type NodeApp<App> = App & RequestListener & Pick<Server, 'listen'>;

/**
 * The application as a listener of Node's http server too: tests hand it to supertest, or call `app.listen(0)`. The
 * listener changes the global `Response`, so it is made only when it is asked for, and not beside Bun's own server.
 */
// biome-ignore lint/suspicious/noExplicitAny: any environment will do
export function nodeApp<App extends Hono<any>>(app: App): NodeApp<App> {
  // What Bun tells of a connection.
  const fetch = (request: Request, env: HttpBindings) =>
    app.fetch(request, { ...env, requestIP: () => ({ address: env.incoming.socket.remoteAddress }) });
  let made: ReturnType<typeof getRequestListener> | undefined;
  const listener: RequestListener = (incoming, outgoing) => {
    made ??= getRequestListener(fetch as never, { hostname: 'localhost' });
    return made(incoming, outgoing);
  };
  const listen = (...args: []) => createServer(listener).listen(...args);
  const get = (_: object, name: PropertyKey) => {
    const value: unknown = name === 'listen' ? listen : Reflect.get(name in app ? app : listener, name);
    return name in app && typeof value === 'function' ? value.bind(app) : value;
  };
  return new Proxy(listener, { get }) as unknown as NodeApp<App>;
}
