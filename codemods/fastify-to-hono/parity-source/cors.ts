// CORS, with the options and answers of @fastify/cors.
import { missing } from './request.ts';
import type { App, AppContext, Loose } from './types.ts';

/** Lets pages of other origins in, by the options of @fastify/cors. */
export function cors(app: App, options: Loose, done: () => void): void {
  const { prefix: _, ...given } = options;
  const all = {
    origin: '*',
    methods: 'GET,HEAD,POST',
    optionsSuccessStatus: 204,
    strictPreflight: true,
    ...given,
  };
  app.addHook('onRequest', (c: AppContext) => answerOrigin(c, all));
  app.options('*', (c) => (c.get('isPreflight') === true ? c.body(null) : missing(c)));
  done();
}
Object.assign(cors, { [Symbol.for('skip-override')]: true });

/** The same for releases before 11, which let in more methods where none are given. */
export function corsOfAllMethods(app: App, options: Loose, done: () => void): void {
  cors(app, { methods: 'GET,HEAD,PUT,PATCH,POST,DELETE', ...options }, done);
}
Object.assign(corsOfAllMethods, { [Symbol.for('skip-override')]: true });

async function answerOrigin(c: AppContext, options: Loose): Promise<Response | undefined> {
  if (typeof options.origin !== 'string' && options.origin !== false) vary(c, 'Origin');
  const origin = typeof options.origin === 'function' ? await asked(options.origin, c) : options.origin;
  if (origin === false) return undefined;
  if (!origin) throw new Error('Invalid CORS origin option');
  const sent = c.req.header('origin');
  const allowed =
    Array.isArray(origin) && origin.includes('*')
      ? '*'
      : typeof origin === 'string'
        ? origin
        : allows(sent, origin)
          ? sent
          : undefined;
  if (allowed) c.header('Access-Control-Allow-Origin', allowed);
  if (options.credentials) c.header('Access-Control-Allow-Credentials', 'true');
  if (options.exposedHeaders != null)
    c.header('Access-Control-Expose-Headers', listed(options.exposedHeaders));
  if (c.req.method !== 'OPTIONS') return undefined;
  if (options.strictPreflight && (!sent || !c.req.header('access-control-request-method')))
    return c.body('Invalid Preflight Request', 400, { 'Content-Type': 'text/plain' });
  c.set('isPreflight', true);
  c.header('Access-Control-Allow-Methods', listed(options.methods));
  if (options.allowedHeaders != null)
    c.header('Access-Control-Allow-Headers', listed(options.allowedHeaders));
  else {
    vary(c, 'Access-Control-Request-Headers');
    const wanted = c.req.header('access-control-request-headers');
    if (wanted !== undefined) c.header('Access-Control-Allow-Headers', wanted);
  }
  if (options.maxAge != null) c.header('Access-Control-Max-Age', String(options.maxAge));
  if (Number.isInteger(options.cacheControl)) c.header('Cache-Control', `max-age=${options.cacheControl}`);
  else if (typeof options.cacheControl === 'string') c.header('Cache-Control', options.cacheControl);
  c.header('Content-Length', '0');
  return c.body(null, options.optionsSuccessStatus);
}

/** An origin that a function decides, by its callback or by what it gives. */
const asked = (decide: Loose, c: AppContext): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const given = decide.call(
      c.get('route').app,
      c.req.header('origin'),
      (error: Error | null, origin: unknown) => (error === null ? resolve(origin) : reject(error)),
    );
    if (typeof given?.then === 'function') given.then(resolve, reject);
  });

function allows(sent: string | undefined, origin: Loose): boolean {
  if (Array.isArray(origin)) return origin.some((each) => allows(sent, each));
  if (typeof origin === 'string') return sent === origin;
  return origin instanceof RegExp ? new RegExp(origin.source, origin.flags).test(String(sent)) : !!origin;
}

const listed = (value: Loose): string => (Array.isArray(value) ? value.join(', ') : String(value));

function vary(c: AppContext, name: string): void {
  const there = c.get('vary') ?? [];
  if (!there.includes(name)) c.set('vary', [...there, name]);
  c.header('Vary', c.get('vary').join(', '));
}
