// Functions of Hono's where Fastify registers them. Fastify calls each with its request and reply; the routes beside Fastify
// find the function itself by `honoForm`.
import { type Context, Hono } from 'hono';
import { send, watchStatus } from './answers.ts';
import { lend, symbolOf } from './in-hono.ts';
import { heldBy } from './payload.ts';
import type { Loose, Route } from './types.ts';

/** What Fastify calls a function for. */
export type Kind = 'handler' | 'guard' | 'sending' | 'after' | 'failing' | 'error' | 'parser';

const FORM = Symbol('hono');
/** What Hono's side keeps of a request while Fastify answers it. */
const kept = new WeakMap<object, Map<string, unknown>>();
const OWN = new Set([
  'route',
  'id',
  'started',
  'log',
  'cookies',
  'vary',
  'validationError',
  'isPreflight',
  'hasStatus',
]);
const PARTS = { param: 'params', query: 'query', json: 'body' };
const EMPTY = new Set([204, 205, 304]);

/** The function of Hono's that Fastify was given; undefined for one of Fastify's. */
export const honoForm = (given: Loose): Loose => given?.[FORM];

/** Says which function of Hono's does what one of Fastify's does. */
export const setHonoForm = (given: Loose, form: Loose): void => {
  given[FORM] = form;
};

/** A function of Hono's, or a list of them, as Fastify takes it. */
export function hono(given: Loose, kind: Kind = 'handler'): Loose {
  if (Array.isArray(given)) return given.map((each) => hono(each, kind));
  if (typeof given !== 'function') return given;
  const made = {
    handler: async (request: Loose, reply: Loose) => answerBy(given, request, reply),
    guard: async (request: Loose, reply: Loose) => pass(given, request, reply),
    sending: async (request: Loose, reply: Loose, payload: unknown) => {
      const changed = await pass(given, request, reply, [payload], true);
      return changed === undefined ? payload : changed;
    },
    after: async (request: Loose, reply: Loose) => pass(given, request, reply, [], true),
    failing: async (request: Loose, reply: Loose, error: unknown) =>
      pass(given, request, reply, [error], true),
    error: async (error: unknown, request: Loose, reply: Loose) => answerBy(given, request, reply, [error]),
    parser: async (request: Loose, body: unknown) => inContext(request, null, (c) => given(c, body)),
  }[kind];
  setHonoForm(made, given);
  return made;
}

/** A handler: what it returns is the answer. */
async function answerBy(given: Loose, request: Loose, reply: Loose, first: unknown[] = []): Promise<unknown> {
  return inContext(request, reply, async (c, route) => {
    const before = new Set(Object.keys(reply.getHeaders()));
    try {
      const answered = await given.call(route.app, ...first, c);
      const response = answered instanceof Response ? answered : await send(c, answered);
      return await write(response, reply);
    } catch (error) {
      if (!reply.sent) putHeaders(c.body(null), reply, before);
      throw error;
    }
  });
}

/** A hook: it sets headers and goes on, or answers. */
async function pass(
  given: Loose,
  request: Loose,
  reply: Loose,
  more: unknown[] = [],
  isLate = false,
): Promise<unknown> {
  return inContext(request, reply, async (c, route) => {
    if (isLate) c.res = c.body(null);
    const before = new Set(Object.keys(reply.getHeaders()));
    try {
      const answered = await given.call(route.app, c, ...more);
      if (answered instanceof Response && !isLate) return await write(answered, reply);
      if (!reply.raw.headersSent) putHeaders(isLate ? c.res : c.body(null), reply, before);
      return isLate ? answered : undefined;
    } catch (error) {
      if (!reply.sent) putHeaders(c.body(null), reply, before);
      throw error;
    }
  });
}

/** Calls a function with the context that stands for a request of Fastify's. */
function inContext(
  request: Loose,
  reply: Loose,
  run: (c: Context<Loose>, route: Route) => unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hono = new Hono<Loose>();
    hono.all('*', async (c) => {
      try {
        const route = hand(c, request, reply);
        resolve(await run(c, route));
      } catch (error) {
        reject(error);
      }
      return c.body(null);
    });
    const env = { incoming: request.raw, outgoing: reply?.raw };
    Promise.resolve(hono.fetch(asRequest(request), env)).catch(reject);
  });
}

function hand(c: Context<Loose>, request: Loose, reply: Loose): Route {
  const own = kept.get(request) ?? new Map<string, unknown>();
  kept.set(request, own);
  const route: Loose = {
    ...{ method: request.method, url: request.routeOptions?.url ?? '', app: viewOf(request.server) },
    ...{ options: request.routeOptions ?? {}, throws: true, errorHandlers: [], variables: [], parsers: [] },
    hooks: { onError: [] },
    serialize: (value: unknown, status: number) => reply.code(status).serialize(value),
  };
  own.set('route', route);
  own.set('id', request.id);
  own.set('log', request.log);
  if (!own.has('started')) own.set('started', performance.now());
  const context = c as Loose;
  context.get = (name: string) => (OWN.has(name) ? own.get(name) : request[name]);
  context.set = (name: string, value: unknown) => {
    if (OWN.has(name)) own.set(name, value);
    else request[name] = value;
  };
  watchStatus(context as never);
  context.req.param = (name?: string) => (name === undefined ? request.params : request.params?.[name]);
  if (request.validationError !== undefined) own.set('validationError', request.validationError);
  c.req.addValidatedData('param' as never, request.params ?? {});
  c.req.addValidatedData('query' as never, request.query ?? {});
  c.req.addValidatedData('header' as never, request.headers);
  c.req.addValidatedData('json' as never, request.body);
  const give = c.req.addValidatedData.bind(c.req);
  c.req.addValidatedData = (part: Loose, value: Loose) => {
    give(part as never, value);
    request[PARTS[part as 'param'] ?? 'headers'] = value;
  };
  if (reply === null) return route;
  lend(c, { request, reply });
  for (const [name, value] of Object.entries(reply.getHeaders() as Record<string, Loose>))
    for (const each of [value].flat()) c.header(name, String(each), { append: Array.isArray(value) });
  if (reply[symbolOf(reply, 'fastify.reply.hasStatusCode')] === true) c.status(reply.statusCode);
  return route;
}

/** Views of parts of the application: what stands for plugins of packages decorates them. */
const views = new WeakMap<object, Loose>();
const decorations = new WeakMap<object, Map<string, unknown>>();

/** Gives a part of the application, for functions of Hono's, a member that Fastify's has otherwise. */
export function decorateView(app: object, name: string, value: unknown): void {
  decorations.set(app, new Map([...(decorations.get(app) ?? []), [name, value]]));
}

/** A part of the application as functions of Hono's see it. */
export function viewOf(app: Loose): Loose {
  const known = views.get(app);
  if (known !== undefined) return known;
  const view = Object.create(app);
  const chain: object[] = [];
  for (let at = app; at !== null; at = Object.getPrototypeOf(at)) chain.unshift(at);
  for (const each of chain)
    for (const [name, value] of decorations.get(each) ?? [])
      Object.defineProperty(view, name, { value, writable: true, configurable: true });
  views.set(app, view);
  return view;
}

function asRequest({ raw, headers, method }: Loose): Request {
  const own = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name.startsWith(':') ? [] : [[name, String(value)] as [string, string]],
  );
  try {
    return new Request(`http://${headers.host ?? 'localhost'}${raw.url}`, { method, headers: own });
  } catch {
    // A target, a host or a method that is none of the web's: Fastify has read it already.
    return new Request('http://localhost/', { headers: own });
  }
}

async function write(response: Response, reply: Loose): Promise<unknown> {
  reply.code(response.status);
  putHeaders(response, reply, new Set(Object.keys(reply.getHeaders())));
  const held = heldBy(response);
  if (held !== undefined) return reply.send(held.value);
  if (response.body === null || EMPTY.has(response.status)) return reply.send();
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type');
  const isText = type !== null && /^text\/|[/+](?:json|xml)\b|javascript/i.test(type);
  return reply.send(isText ? bytes.toString() : bytes);
}

/** Headers and status of a response of Hono's, those it has no more included. */
function putHeaders(response: Response, reply: Loose, before: ReadonlySet<string>): void {
  const { headers, status } = response;
  if (reply.statusCode !== status) reply.code(status);
  for (const name of before) if (!headers.has(name)) reply.removeHeader(name);
  headers.forEach((value, name) => {
    if (name === 'set-cookie') return;
    const known = reply.getHeader(name);
    if (known === undefined || [known].flat().join(', ') !== value) reply.header(name, value);
  });
  const cookies = headers.getSetCookie();
  if (cookies.length === 0) return;
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', cookies);
}
