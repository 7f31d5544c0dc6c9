/** How a package's middleware runs inside Hono, as it is. */
export interface Bridged {
  /** It reads what others answered: every handler stays Koa's beside it. */
  readsBody?: true;
  /** It puts the parsed body on the request. */
  parses?: true;
}

/** Packages whose middleware runs inside Hono, each compared by a case. */
export const BRIDGED: Readonly<Record<string, Bridged>> = {
  '@koa/cors': {},
  kcors: {},
  'koa-compose': {},
  'koa-basic-auth': {},
  'koa-csrf': {},
  'koa-response-time': {},
  'koa-respond': {},
  'koa-ratelimit': {},
  'koa-views': {},
  'koa-x-request-id': {},
  'koa-helmet': {},
  'koa-logger': {},
  'koa-static': {},
  'koa-session': {},
  'koa-jwt': {},
  'koa-body': { parses: true },
  'koa-bodyparser': { parses: true },
  '@koa/bodyparser': { parses: true },
  'koa-json': { readsBody: true },
  'koa-compress': { readsBody: true },
  'koa-etag': { readsBody: true },
  'koa-conditional-get': { readsBody: true },
};
