/**
 * Lets pages of other origins read the answers, as the CORS middleware of Koa did: Hono's own sends a fixed origin to that one only,
 * and takes every OPTIONS for a preflight. Headers are set before the handlers, which keeps answers cheap.
 */
import type { Context, MiddlewareHandler } from 'hono';

type Origin = string | null | undefined | false;

interface CorsOptions {
  /** The origin that may read the answers, `true` for the one that asks; a function is asked for each request. */
  origin?: string | true | ((c: Context) => Origin | Promise<Origin>);
  allowMethods?: string | readonly string[];
  /** Headers that a request may have: those it asks for, where none are given. */
  allowHeaders?: string | readonly string[];
  exposeHeaders?: string | readonly string[];
  credentials?: boolean;
  /** Seconds for which a browser may keep the answer to a preflight. */
  maxAge?: number | string;
  /** Answers to errors have the headers too. */
  keepHeadersOnError?: boolean;
  /** Requests that name no origin get no headers. */
  onlyAsked?: boolean;
  /** An OPTIONS that is no preflight gets the origin too. */
  everyOptions?: boolean;
}

/** Sets the headers of CORS and answers preflights. */
export function corsHeaders(options: CorsOptions = {}): MiddlewareHandler {
  const { origin = '*', credentials = false, keepHeadersOnError = true, maxAge } = options;
  const methods = listed(options.allowMethods ?? 'GET,HEAD,PUT,POST,DELETE,PATCH');
  const exposed = listed(options.exposeHeaders);
  return async function corsHeaders(c, next) {
    const asked = c.req.header('Origin');
    c.header('Vary', 'Origin', { append: true });
    if (options.onlyAsked && !asked) return next();
    let allowed = typeof origin === 'function' ? await origin(c) : origin === true ? (asked ?? '') : origin;
    if (typeof origin === 'function' && !allowed) return next();
    if (credentials && allowed === '*' && asked) allowed = asked;
    const headers: Record<string, string> = { 'Access-Control-Allow-Origin': allowed || '' };
    const isPreflight = c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method');
    if (c.req.method === 'OPTIONS' && !isPreflight) {
      if (options.everyOptions) setAll(c, headers);
      return next();
    }
    if (credentials && allowed !== '*') headers['Access-Control-Allow-Credentials'] = 'true';
    if (isPreflight) {
      if (maxAge) headers['Access-Control-Max-Age'] = String(maxAge);
      if (methods) headers['Access-Control-Allow-Methods'] = methods;
      const taken = listed(options.allowHeaders) || c.req.header('Access-Control-Request-Headers');
      if (taken) headers['Access-Control-Allow-Headers'] = taken;
      setAll(c, headers);
      return c.body(null, 204);
    }
    if (exposed) headers['Access-Control-Expose-Headers'] = exposed;
    setAll(c, headers);
    if (!keepHeadersOnError) return next();
    try {
      await next();
    } catch (error) {
      throw keptOn(error, headers);
    }
  };
}

const listed = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(',') : value;

function setAll(c: Context, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}

/** The error with the headers that its answer keeps. */
function keptOn(error: unknown, headers: Readonly<Record<string, string>>): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const raised = error as { headers?: Record<string, string> };
  const { vary, Vary = vary, ...own } = raised.headers ?? {};
  const varied = Vary === undefined || /(?:^|,)\s*origin\s*(?:,|$)/i.test(Vary) ? Vary : `${Vary}, Origin`;
  raised.headers = { ...own, ...headers, vary: varied ?? 'Origin' };
  return error;
}
