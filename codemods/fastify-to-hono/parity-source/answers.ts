// Answers of which only the value says what they are.
import { STATUS_CODES } from 'node:http';
import type { StatusCode } from 'hono/utils/http-status';
import { httpError } from './errors.ts';
import type { AppContext, Route } from './types.ts';

/** Responses whose bodies are streams of the application's own. */
const streamed = new WeakSet<Response>();
export const isStreamed = (response: Response): boolean => streamed.has(response);

const EMPTY = new Set([101, 204, 205, 304]);

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
  const type = headers.get('content-type');
  // `null` of a type that is not JSON is no body.
  const isNone = value === undefined || (value === null && type !== null && !type.includes('json'));
  if (isNone || EMPTY.has(now)) {
    if (!isNone) c.header('Content-Type', undefined);
    return c.body(null);
  }
  if (value instanceof ReadableStream) {
    const response = c.body(value);
    streamed.add(response);
    return response;
  }
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    if (type === null) c.header('Content-Type', 'application/octet-stream');
    return c.body(value as Uint8Array<ArrayBuffer>);
  }
  if (typeof value === 'string') {
    if (type === null) return c.body(value, now as 200, { 'Content-Type': 'text/plain; charset=utf-8' });
    if (type.includes('json') && !/;\s*charset=/i.test(type))
      c.header('Content-Type', `${type}; charset=utf-8`);
    return c.body(value);
  }
  if (type !== null && !type.includes('json'))
    return fail(
      c,
      httpError(
        500,
        'FST_ERR_REP_INVALID_PAYLOAD_TYPE',
        `Attempted to send payload of invalid type '${typeof value}'. Expected a string or Buffer.`,
      ),
    );
  try {
    const text = serialized(c.get('route'), value, now, type ?? 'application/json');
    const whole = type === null ? 'application/json; charset=utf-8' : type;
    return c.body(text, now as 200, {
      'Content-Type': /;\s*charset=/i.test(whole) ? whole : `${whole}; charset=utf-8`,
    });
  } catch (error) {
    return fail(c, error);
  }
}

const serialized = (route: Route, value: unknown, status: number, type: string): string =>
  route.serialize?.(value, status, type) ?? JSON.stringify(value);

/** What an error is answered with: by the nearest handler, and where that throws by the one above it. */
export async function fail(c: AppContext, raised: unknown): Promise<Response> {
  const route: Route = c.get('route');
  // Where Fastify has the request, its error handlers answer.
  if (route.throws === true) throw raised;
  let error = raised;
  c.header('Content-Type', undefined);
  for (const hook of route.hooks.onError) await hook.call(route.app, c, error);
  for (const handler of route.errorHandlers) {
    try {
      const answered = await handler.call(route.app, error, c);
      return answered instanceof Response ? answered : send(c, answered);
    } catch (next) {
      error = next;
    }
  }
  return defaultError(c, error);
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
  const route: Route = c.get('route');
  const body = { error: STATUS_CODES[status], message: raised.message, statusCode: status };
  const own = route.serialize?.(Object.assign(Object.create(error), body), status, 'application/json');
  if (own !== undefined)
    return c.body(own, status as 500, { 'Content-Type': 'application/json; charset=utf-8' });
  const { message, error: phrase } = body;
  return c.json(
    { statusCode: status, ...(raised.code !== undefined && { code: raised.code }), error: phrase, message },
    status as 500,
  );
}

/** Has a context keep that a status was set: 200 is else none. */
export function watchStatus(c: AppContext): void {
  const set = c.status;
  c.status = (status) => {
    c.set('hasStatus', true);
    set(status);
  };
}

/** Sends a client elsewhere, with the status that was set. */
export const redirect = (c: AppContext, url: string): Response => {
  const { status } = c.body(null);
  return c.redirect(url, (status === 200 && c.get('hasStatus') !== true ? 302 : status) as 302);
};

const isFailure = (status: unknown): status is number =>
  typeof status === 'number' && status >= 400 && status <= 599;
