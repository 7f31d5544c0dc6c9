// Hooks of Fastify's packages for requests that are Hono's: they get Fastify's own request and reply, made for the same connection.
import { send } from './answers.ts';
import type { AppContext, Loose, Route } from './types.ts';

interface Pair {
  request: Loose;
  reply: Loose;
}

const pairs = new WeakMap<object, Pair>();

/** The symbol by which Fastify keeps something, by its name. */
export function symbolOf(app: Loose, name: string): symbol {
  for (let at = app; at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertySymbols(at).find(({ description }) => description === name);
    if (found !== undefined) return found;
  }
  return Symbol(name);
}

/** A hook of Fastify's that runs before a handler, as one of Hono's. */
export const inHono =
  (hook: Loose) =>
  async (c: AppContext): Promise<Response | undefined> => {
    const route: Route = c.get('route');
    const pair = pairOf(c, route);
    const { request, reply } = pair;
    // What Hono's functions changed, and then what the hook did.
    for (const [name, value] of route.variables) if (c.get(name) !== value) request[name] = c.get(name);
    const before = route.variables.map(([name]) => [name, request[name]] as const);
    Object.assign(request, { params: c.req.valid('param'), query: c.req.valid('query') });
    request.body = c.req.valid('json');
    let sent: { payload: unknown } | null = null;
    try {
      sent = await called(hook, route.app, pair);
    } finally {
      for (const [name, value] of before) if (request[name] !== value) c.set(name, request[name]);
      takeHeaders(c, reply);
    }
    return sent === null ? undefined : send(c, sent.payload);
  };

/** Fastify's own request, for what plugins give it. */
export const requestOf = (c: AppContext): Loose => pairOf(c, c.get('route')).request;

/** Fastify's own reply, for what plugins give it. */
export const replyOf = (c: AppContext): Loose => pairOf(c, c.get('route')).reply;

/** Fastify has a request, and gives Hono's functions these. */
export const lend = (c: object, pair: Pair): void => void pairs.set(c, pair);

/** Fastify's request and reply for a request, the same ones for all hooks that it passes. */
function pairOf(c: AppContext, route: Route): Pair {
  const known = pairs.get(c);
  if (known !== undefined) return known;
  const { options } = route;
  const app: Loose = route.app;
  const { incoming, outgoing } = c.env;
  const Request = app[symbolOf(app, 'fastify.Request')];
  const Reply = app[symbolOf(app, 'fastify.Reply')];
  const context = {
    ...{ server: app, schema: options.schema, handler: options.handler, logLevel: '' },
    config: { ...options.config, url: route.url, method: route.method },
    ...{ errorHandler: undefined, attachValidation: options.attachValidation === true, onSend: null },
    _parserOptions: { limit: options.bodyLimit ?? null },
  };
  const request = new Request(c.get('id'), {}, incoming, {}, c.get('log'), context);
  const pair = { request, reply: new Reply(outgoing, request, c.get('log')) };
  pairs.set(c, pair);
  return pair;
}

/** Runs a hook until it goes on; what it sends instead is its answer. */
function called(hook: Loose, app: Loose, { request, reply }: Pair): Promise<{ payload: unknown } | null> {
  return new Promise((resolve, reject) => {
    reply.send = (payload: unknown) => {
      resolve({ payload });
      return reply;
    };
    const done = (error?: unknown) => (error ? reject(error) : resolve(null));
    try {
      const given = hook.call(app, request, reply, done);
      if (typeof given?.then === 'function') given.then(() => resolve(null), reject);
    } catch (error) {
      reject(error);
    }
  });
}

/** Headers and status that a hook set, on the reply or on Node's response. */
function takeHeaders(c: AppContext, reply: Loose): void {
  for (const [name, value] of Object.entries(reply.getHeaders() as Record<string, Loose>)) {
    for (const [index, each] of [value].flat().entries()) c.header(name, String(each), { append: index > 0 });
    reply.removeHeader(name);
    reply.raw.removeHeader(name);
  }
  if (reply[symbolOf(reply, 'fastify.reply.hasStatusCode')] === true) c.status(reply.statusCode);
}
