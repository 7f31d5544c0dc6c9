// Answers of which only the value says what they are.
import { STATUS_CODES } from 'node:http';
import type { StatusCode } from 'hono/utils/http-status';
import { httpError } from './errors.ts';
import { typeOf } from './media.ts';
import { EMPTY, holding, isBytes, isStream } from './payload.ts';
import type { AppContext, Route } from './types.ts';

/**
 * Answers with a value: text and bytes as they are, everything else as JSON, by the response schema of the route where
 * it has one. An error goes to the error handler.
 */
export async function send(c: AppContext, given?: unknown, status?: number): Promise<Response> {
  const value = await given;
  if (status !== undefined) c.status(status as StatusCode);
  if (value instanceof Error) return fail(c, value);
  if (value instanceof Response) return c.newResponse(value.body, value);
  const { status: now, headers } = c.body(null);
  const type = typeOf(headers.get('content-type'));
  if (value === undefined) return holding(c.body(null), value);
  const isJson = type === null || type.includes('json');
  if (isStream(value) || (value === null && !isJson)) return holding(c.body(null), value);
  if (isBytes(value)) {
    if (type === null) c.header('Content-Type', 'application/octet-stream');
    return EMPTY.has(now) ? holding(c.body(null), value) : c.body(value);
  }
  if (typeof value === 'string') {
    if (type === null) c.header('Content-Type', 'text/plain; charset=utf-8');
    else if (isJson) c.header('Content-Type', withCharset(type));
    return EMPTY.has(now) ? holding(c.body(null), value) : c.body(value);
  }
  if (!isJson) return holding(c.body(null), value);
  try {
    const text = serialized(c.get('route'), value, now, type ?? 'application/json');
    c.header('Content-Type', withCharset(type ?? 'application/json'));
    return EMPTY.has(now) ? holding(c.body(null), text) : c.body(text);
  } catch (error) {
    return fail(c, error);
  }
}

/** @throws what Fastify says of a code that is no status */
export function statusOf(code: unknown): StatusCode {
  const status = Number(code);
  if (status >= 100 && status <= 599) return status as StatusCode;
  throw httpError(500, 'FST_ERR_BAD_STATUS_CODE', `Called reply with an invalid status code: ${code}`);
}

const withCharset = (type: string): string =>
  /;\s*charset=/i.test(type) ? type : `${type.replace(/\s*;?\s*$/, '')}; charset=utf-8`;

const serialized = (route: Route, value: unknown, status: number, type: string): string =>
  route.serialize?.(value, status, type) ?? JSON.stringify(value);

/** What an error is answered with: by the nearest handler, and where that throws by the one above it. */
export async function fail(c: AppContext, raised: unknown): Promise<Response> {
  const route: Route = c.get('route');
  // Where Fastify has the request, its error handlers answer.
  if (route.throws === true) throw raised;
  const { errorHandlers } = route;
  const asked: number = c.get('asked') ?? 0;
  const isLast = asked > errorHandlers.length;
  if (asked === 0 || isLast) await tellOf(c, raised, route);
  forgetBody(c);
  if (isLast) {
    // The answer to an error could not be sent either.
    c.set('isLast', true);
    return written(c, raised, c.body(null).status);
  }
  let error = raised;
  for (const [index, handler] of errorHandlers.entries()) {
    if (index < asked) continue;
    c.set('asked', index + 1);
    try {
      const answered = await handler.call(route.app, error, c);
      return answered instanceof Response ? answered : await send(c, answered);
    } catch (next) {
      error = next;
      forgetBody(c);
    }
  }
  c.set('asked', errorHandlers.length + 1);
  return defaultError(c, error);
}

/** What was set of a body is not for the next one. */
function forgetBody(c: AppContext): void {
  c.header('Content-Type', undefined);
  c.header('Content-Length', undefined);
}

/** Hooks that are told of errors. One that fails ends their round. */
async function tellOf(c: AppContext, error: unknown, { app, hooks }: Route): Promise<void> {
  try {
    for (const hook of hooks.onError) await hook.call(app, c, error);
  } catch {
    // The first error is the one that is answered.
  }
}

/** `{ statusCode, code, error, message }`, with the status that the error or the context carries, else 500. */
function defaultError(c: AppContext, error: unknown): Promise<Response> | Response {
  const raised = (error ?? {}) as {
    statusCode?: number;
    status?: number;
    code?: string;
    message?: string;
    headers?: object;
  };
  const set = c.body(null).status;
  const status = [raised.statusCode, raised.status, set].find((each) => isFailure(each)) ?? 500;
  c.status(status as StatusCode);
  const log = c.get('log');
  if (status >= 500) log.error({ err: error }, raised.message);
  else log.info({ err: error }, raised.message);
  if (!(error instanceof Error)) return send(c, error);
  for (const [name, value] of Object.entries(raised.headers ?? {})) c.header(name, String(value));
  return written(c, error, status);
}

/** What an error says of itself, as the schema for its status has it. */
function written(c: AppContext, error: unknown, status: number): Response {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  const route: Route = c.get('route');
  const body = { error: STATUS_CODES[status], message, statusCode: status };
  const whole = (parts: { code?: unknown; error?: string | undefined; message: string }, own: number) =>
    c.json({ statusCode: own, ...parts }, own as 500);
  try {
    // As Fastify gives it to a schema: what the schema does not name is not written.
    const shaped = Object.create(
      error as object,
      Object.fromEntries(Object.entries(body).map(([name, value]) => [name, { value }])),
    );
    const own = route.serialize?.(shaped, status, 'application/json');
    return own === undefined
      ? whole({ ...(code !== undefined && { code }), error: body.error, message }, status)
      : c.body(own, status as 500, { 'Content-Type': 'application/json; charset=utf-8' });
  } catch (failed) {
    const words = `Failed to serialize an error. Error: ${(failed as Error).message}. Original error: ${message}`;
    return whole({ code: 'FST_ERR_FAILED_ERROR_SERIALIZATION', message: words }, 500);
  }
}

/** Has a context keep that a status was set: 200 is else none. */
export function watchStatus(c: AppContext): void {
  const set = c.status;
  c.status = (status) => {
    c.set('hasStatus', true);
    set(status);
  };
}

/** Sends a client elsewhere, with the status that is given, or was set. */
export const redirect = (c: AppContext, url: string, code?: unknown): Response => {
  const { status } = c.body(null);
  const own = status === 200 && c.get('hasStatus') !== true ? 302 : status;
  return c.redirect(url, statusOf(code || own) as 302);
};

const isFailure = (status: unknown): status is number =>
  typeof status === 'number' && status >= 400 && status <= 599;
