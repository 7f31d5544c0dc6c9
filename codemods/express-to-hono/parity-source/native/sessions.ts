import type { Context, MiddlewareHandler } from 'hono';
import { needs } from '../needs.ts';

/** The request as the middleware of the session knows it: `sessionRequest(c).session`. */
// biome-ignore lint/suspicious/noExplicitAny: what a session holds is its own affair, as in Express
export const sessionRequest = (c: Context): any => c.get('sessionRequest');

type ConnectMiddleware = (request: object, response: object, next: (error?: unknown) => void) => void;

/** Runs express-session or cookie-session as it is: the session is saved, and its cookie set, before the answer goes out. */
export function sessions(handler: unknown, isSecure?: (c: Context) => boolean): MiddlewareHandler {
  return async function sessions(c, next) {
    const encrypted = c.req.url.startsWith('https:');
    const secure = needs.trustedSessions ? (isSecure?.(c) ?? encrypted) : encrypted;
    const about = { connection: { encrypted }, secure, protocol: secure ? 'https' : 'http' };
    const request = { url: c.req.url, headers: c.req.header(), ...about };
    c.set('sessionRequest', request);
    let ended = () => {};
    const response = {
      getHeader: () => c.body(null).headers.getSetCookie(),
      setHeader(name: string, values: string | string[]) {
        c.header(name, undefined);
        for (const each of [values].flat()) c.header(name, each, { append: true });
      },
      // The middleware puts its own parts around `writeHead` and `end`.
      writeHead: (_status: number) => {},
      _implicitHeader: () => response.writeHead(200),
      end: () => {
        response.writeHead(200);
        ended();
      },
    };
    let isOn = false;
    try {
      await new Promise<void>((resolve, reject) => {
        (handler as ConnectMiddleware)(request, response, (error) => {
          // What cannot be saved is told of too late for an error handler.
          if (isOn && error) console.error(error);
          isOn = true;
          if (error) reject(error);
          else resolve();
        });
      });
      await next();
    } finally {
      await new Promise<void>((resolve) => {
        ended = resolve;
        response.end();
      });
    }
  };
}
