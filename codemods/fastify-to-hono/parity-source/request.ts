// The way of a request through its route: hooks, body, validation, handler, and what becomes of errors.

import { fail, send, watchStatus } from './answers.ts';
import { pathOf, queryOf, urlOf } from './client.ts';
import { below } from './paths.ts';
import { replaceBy } from './payload.ts';
import { query } from './query.ts';
import { READS_EVERY_PATH } from './rules.ts';
import { sending } from './sending.ts';
import type { AppContext, Hooks, Loose, Parts, Read, Route } from './types.ts';

let count = 0;

/** Answers a request by a route. A hook that gives a response ends it there. */
export async function answer(c: AppContext, route: Route, parts: Parts): Promise<Response> {
  if (!isMalformed(c.req.path)) return pass(c, route, parts);
  if (READS_EVERY_PATH || parts.isRouted?.(c.req.method) !== false) return malformed(c);
  // No route is asked: the handler answers, without what a request passes before it.
  const { body: _, ...others } = parts;
  const hooks = { ...route.hooks, onRequest: [], preValidation: [], preHandler: [] };
  return pass(c, { ...route, hooks }, others);
}

async function pass(c: AppContext, route: Route, parts: Parts): Promise<Response> {
  const started = performance.now();
  watchStatus(c);
  const id = parts.id?.(c) ?? `req-${(++count).toString(36)}`;
  const log = route.app.log.child({ reqId: id });
  c.set('route', route);
  c.set('id', id);
  c.set('started', started);
  c.set('log', log);
  for (const [name, value] of route.variables) c.set(name, value);
  if (!parts.quiet) log.info({ req: c.req.raw }, 'incoming request');
  const read: Read = {
    params: paramsOf(c, route),
    query: query(queryOf(c)),
    headers: c.req.header(),
  };
  give(c, read);
  let response: Response;
  try {
    response = (await first(c, route, 'onRequest')) ?? (await handle(c, route, parts, read));
  } catch (error) {
    response = await fail(c, error);
  }
  response = await sending(c, response, route);
  if (!c.finalized || response !== c.res) replaceBy(c, response);
  void finished(c, c.get('route'), parts, started);
  return response;
}

/** The parameters of the path. Where no route is for it, a route that it passed before has none to give. */
function paramsOf(c: AppContext, { prefix }: Route): Record<string, string> {
  if (prefix !== undefined) {
    const params = below(prefix, pathOf(c.req.raw, c.env)) ?? {};
    c.req.param = ((name?: string) => (name === undefined ? params : params[name])) as Loose;
    return params;
  }
  const { _: rest, ...params } = c.req.param() as Record<string, string>;
  return rest === undefined ? params : { ...params, '*': rest };
}

async function handle(c: AppContext, route: Route, parts: Parts, read: Read): Promise<Response> {
  c.req.addValidatedData('json', (await parts.body?.(c, route)) as Loose);
  const stopped = await first(c, route, 'preValidation');
  if (stopped !== undefined) return stopped;
  if (route.validate !== undefined) {
    // As hooks left it.
    Object.assign(read, {
      params: c.req.valid('param'),
      query: c.req.valid('query'),
      body: c.req.valid('json'),
    });
    const error = await route.validate(read, c.req.header('content-type') ?? '');
    give(c, read);
    if (error !== null && route.options.attachValidation !== true) throw error;
    if (error !== null) c.set('validationError', error);
  }
  const guarded = await first(c, route, 'preHandler');
  if (guarded !== undefined) return guarded;
  const answered = await route.handler.call(route.app, c);
  return answered instanceof Response ? answered : send(c, answered);
}

/** What handlers get by `c.req.valid(…)`, under the names that Hono's validators use. */
function give(c: AppContext, read: Read): void {
  c.req.addValidatedData('param', read.params);
  c.req.addValidatedData('query', read.query);
  c.req.addValidatedData('header', read.headers);
  c.req.addValidatedData('json', read.body);
}

/** The response of the first hook that gives one. */
async function first(c: AppContext, { app, hooks }: Route, name: keyof Hooks): Promise<Response | undefined> {
  for (const hook of hooks[name]) {
    const given = await hook.call(app, c);
    if (given instanceof Response) return given;
  }
  return undefined;
}

/** After the answer: nobody waits for it. */
async function finished(c: AppContext, route: Route, parts: Parts, started: number): Promise<void> {
  const log = c.get('log');
  const responseTime = performance.now() - started;
  try {
    for (const hook of route.hooks.onResponse) await hook.call(route.app, c);
  } catch (error) {
    log.warn({ err: error }, 'an onResponse hook failed');
  }
  if (!parts.quiet) log.info({ res: { statusCode: c.res.status }, responseTime }, 'request completed');
}

/** The answer of what answers where no route is found, after its hooks. */
export async function notFound(c: AppContext): Promise<Response> {
  const { fallback } = c.get('route');
  // It is asked for where it is answering already.
  if (fallback === undefined) return send(c, '404 Not Found', 404);
  c.set('route', fallback);
  const guarded = await first(c, fallback, 'preHandler');
  if (guarded !== undefined) return guarded;
  const answered = await fallback.handler.call(fallback.app, c);
  return answered instanceof Response ? answered : send(c, answered);
}

/** The answer where there is no route. */
export function missing(c: AppContext): Promise<Response> {
  const message = `Route ${c.req.method}:${urlOf(c)} not found`;
  c.get('log').info(message);
  return send(c, { message, error: 'Not Found', statusCode: 404 }, 404);
}

function malformed(c: AppContext): Response {
  const message = `'${urlOf(c)}' is not a valid url component`;
  return c.json({ error: 'Bad Request', code: 'FST_ERR_BAD_URL', message, statusCode: 400 }, 400);
}

function isMalformed(path: string): boolean {
  if (!path.includes('%')) return false;
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}
