/**
 * Runs middleware of passport on Hono's context: it gets a request with what its strategies ask for, and what it says of the response
 * is the answer. The session is the one of the context.
 */
import { IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import createError from 'http-errors';
import { answer } from './answer.ts';
import { queryOf } from './query.ts';
import { location } from './redirect.ts';

// biome-ignore lint/suspicious/noExplicitAny: the middleware of passport is Connect's
type Connect = (request: any, response: any, next: (error?: unknown) => void) => void;
// biome-ignore lint/suspicious/noExplicitAny: who logs in is the application's own affair
type User = any;

const NAME = 'ctx.passport';

/** The request as passport knows it: older releases put their own members on every request of Node's. */
// biome-ignore lint/suspicious/noExplicitAny: passport and its strategies put on it what they like
function requestOf(c: Context): any {
  const known = c.get(NAME);
  if (known !== undefined) return known;
  const { protocol, pathname, search } = new URL(c.req.url);
  const value = (each: unknown) => ({ value: each, writable: true, enumerable: true });
  const session = () => (c.get('ctx.session') as { current(): unknown } | undefined)?.current();
  const made = Object.create(IncomingMessage.prototype, {
    ...{ headers: value(c.req.header()), method: value(c.req.method), url: value(pathname + search) },
    ...{ originalUrl: value(pathname + search), connection: value({ encrypted: protocol === 'https:' }) },
    ...{ query: value(queryOf(c)), body: { get: () => c.get('body') }, session: { get: session } },
    user: { get: () => c.get('user'), set: (user: unknown) => c.set('user', user) },
  });
  c.set(NAME, made);
  return made;
}

/** Runs one middleware of passport: `app.use(byPassport(passport.initialize()))`. */
export const byPassport = (middleware: Connect): MiddlewareHandler =>
  async function byPassport(c, next) {
    const made = await new Promise<Response | undefined>((resolve, reject) => {
      const response = {
        ...{ statusCode: 200, setHeader: (name: string, value: string | string[]) => set(c, name, value) },
        redirect: (to: string) => resolve(c.redirect(location(to))),
        end: (text?: string) => resolve(answer(c, text ?? '', response.statusCode)),
      };
      middleware(requestOf(c), response, (error) => (error ? reject(error) : resolve(undefined)));
    });
    if (made !== undefined) return made;
    await next();
    return undefined;
  };

function set(c: Context, name: string, values: string | string[]): void {
  for (const [index, value] of [values].flat().entries()) c.header(name, value, { append: index > 0 });
}

/** Waits for a member of the request that ends in a callback. */
const done = (c: Context, name: string, args: readonly unknown[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = requestOf(c);
    if (typeof request[name] !== 'function')
      throw createError(500, 'passport.initialize() middleware not in use');
    // Older releases call nothing back where nothing has to be waited for.
    const waits = name !== 'logout' || request[name].length > 0;
    request[name](...args, (error: unknown) => (error ? reject(error) : resolve()));
    if (!waits) resolve();
  });

/** Logs a user in. */
export const login = (c: Context, user: User, ...options: unknown[]): Promise<void> =>
  done(c, 'logIn', [user, ...options]);

/** Logs the user out. */
export const logout = (c: Context, ...options: unknown[]): Promise<void> => done(c, 'logout', options);

/** Whether somebody is logged in. */
export const isAuthenticated = (c: Context): boolean => requestOf(c).isAuthenticated();
export const isUnauthenticated = (c: Context): boolean => requestOf(c).isUnauthenticated();
