import type { Context, MiddlewareHandler } from 'hono';

type CorsOrigin = boolean | string | RegExp | readonly (boolean | string | RegExp)[];

export interface CorsOptions {
  /** Origins that may read the answers; a function is asked for each request. */
  origin?:
    | CorsOrigin
    | ((origin: string | undefined, done: (error: Error | null, origin?: CorsOrigin) => void) => void);
  methods?: string | readonly string[];
  /** Headers that a request may have: those it asks for, where none are given. */
  allowedHeaders?: string | readonly string[];
  /** An older name of those. */
  headers?: string | readonly string[];
  exposedHeaders?: string | readonly string[];
  credentials?: boolean;
  /** Seconds for which a browser may keep the answer to a preflight. */
  maxAge?: number;
  /** The routes answer preflights. */
  preflightContinue?: boolean;
  optionsSuccessStatus?: number;
}

const DEFAULTS: CorsOptions = { origin: '*', methods: 'GET,HEAD,PUT,PATCH,POST,DELETE' };

/** Lets pages of other origins read the answers. Headers are set before the handlers, which keeps answers cheap. */
export function corsHeaders(options: CorsOptions = {}): MiddlewareHandler {
  const all = { ...DEFAULTS, ...options };
  const { origin } = all;
  return async function corsHeaders(c, next) {
    const asked = c.req.header('origin');
    const allowed = typeof origin === 'function' ? await decided(origin, asked) : origin;
    if (!allowed) return next();
    allowOrigin(c, asked, allowed);
    if (all.credentials === true) c.header('Access-Control-Allow-Credentials', 'true');
    setList(c, 'Access-Control-Expose-Headers', all.exposedHeaders);
    if (c.req.method !== 'OPTIONS') return next();
    setList(c, 'Access-Control-Allow-Methods', all.methods);
    setList(c, 'Access-Control-Max-Age', all.maxAge);
    const headers = all.allowedHeaders || all.headers;
    if (!headers) c.header('Vary', 'Access-Control-Request-Headers', { append: true });
    const requested = c.req.header('access-control-request-headers');
    setList(c, 'Access-Control-Allow-Headers', headers || requested);
    return all.preflightContinue ? next() : c.body(null, (all.optionsSuccessStatus ?? 204) as 204);
  };
}

/** What the function for origins says. */
function decided(
  ask: Extract<CorsOptions['origin'], (...all: never) => void>,
  origin: string | undefined,
): Promise<CorsOrigin | undefined> {
  return new Promise((resolve, reject) =>
    ask(origin, (error, allowed) =>
      error ? reject(error instanceof Error ? error : new Error(String(error))) : resolve(allowed),
    ),
  );
}

function allowOrigin(c: Context, asked: string | undefined, allowed: CorsOrigin): void {
  if (allowed === '*') {
    c.header('Access-Control-Allow-Origin', '*');
    return;
  }
  const sent = typeof allowed === 'string' ? allowed : isAllowed(asked, allowed) ? asked : undefined;
  if (sent) c.header('Access-Control-Allow-Origin', sent);
  c.header('Vary', 'Origin', { append: true });
}

function isAllowed(origin: string | undefined, allowed: CorsOrigin): boolean {
  if (typeof allowed === 'boolean') return allowed;
  if (typeof allowed === 'string') return allowed === origin;
  return allowed instanceof RegExp
    ? allowed.test(String(origin))
    : allowed.some((each) => isAllowed(origin, each));
}

function setList(c: Context, name: string, value: string | number | readonly string[] | undefined): void {
  const text = typeof value === 'object' ? value.join(',') : String(value ?? '');
  if (text !== '') c.header(name, text);
}
