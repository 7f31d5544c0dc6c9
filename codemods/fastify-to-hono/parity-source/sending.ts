// The last part of a request's way: hooks see its answer, and may change it or fail.
import { fail } from './answers.ts';
import { httpError } from './errors.ts';
import {
  drain,
  EMPTY,
  heldBy,
  isBytes,
  isStream,
  opened,
  payloadOf,
  replaceBy,
  withPayload,
  withStream,
} from './payload.ts';
import type { AppContext, Loose, Route } from './types.ts';

/** Sends an answer through the hooks of a route. Where that fails, the next error handler's answer goes through them again. */
export async function sending(c: AppContext, given: Response, route: Route): Promise<Response> {
  for (let response = given; ; ) {
    try {
      return await sent(c, response, route);
    } catch (error) {
      if (c.finalized) reopen(c);
      response = await fail(c, error);
      if (c.get('isLast') === true) return response;
    }
  }
}

async function sent(c: AppContext, response: Response, route: Route): Promise<Response> {
  let held = heldBy(response);
  const { onSend } = route.hooks;
  if (onSend.length === 0) return held === undefined ? response : written(c, response, held.value, route);
  replaceBy(c, response);
  for (const hook of onSend) {
    const payload = held !== undefined ? held.value : hook.length > 1 ? await payloadOf(c.res) : undefined;
    const given = await hook.call(route.app, c, payload);
    if (given === undefined || given === payload) continue;
    const isBody = (typeof given === 'string' || isBytes(given)) && !EMPTY.has(c.res.status);
    held = isBody ? undefined : { value: given };
    replaceBy(c, withPayload(c.res, isBody ? given : null));
  }
  return held === undefined ? c.res : written(c, c.res, held.value, route);
}

/** What a value that no hook made a body of is sent as. */
async function written(c: AppContext, response: Response, value: Loose, route: Route): Promise<Response> {
  // Fastify answers HEAD by what it has for GET, and asks for its length.
  if (c.req.method === 'HEAD' && route.method === 'GET' && value !== undefined) {
    if (isStream(value)) drain(value);
    else if (typeof value !== 'string' && !isBytes(value)) throw unsized(value);
    return response;
  }
  const isNone = value === undefined || value === null;
  if (isNone) return EMPTY.has(response.status) ? response : withPayload(response, '');
  if (EMPTY.has(response.status)) {
    if (isStream(value)) drain(value);
    if (response.status !== 304) response.headers.delete('content-type');
    return response;
  }
  if (isStream(value)) return withStream(response, await opened(value));
  if (typeof value === 'string' || isBytes(value)) return withPayload(response, value);
  throw httpError(
    500,
    'FST_ERR_REP_INVALID_PAYLOAD_TYPE',
    `Attempted to send payload of invalid type '${typeof value}'. Expected a string or Buffer.`,
    TypeError,
  );
}

/** What Node says of a value that has no length. */
function unsized(value: Loose): Error {
  if (value === null) return new TypeError("Cannot read properties of null (reading 'resume')");
  const what =
    typeof value !== 'object'
      ? `type ${typeof value} (${value})`
      : typeof value.constructor === 'function'
        ? `an instance of ${value.constructor.name}`
        : '[Empty <Complex prototype>]';
  const message = `The "string" argument must be of type string or an instance of Buffer or ArrayBuffer. Received ${what}`;
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

/** Makes a context ready for another answer, with the status and the headers that the one before had. */
function reopen(c: AppContext): void {
  const { headers, status } = c.res;
  c.res = undefined;
  c.finalized = false;
  for (const [name] of c.body(null).headers) if (!headers.has(name)) c.header(name, undefined);
  for (const [name, value] of headers) if (name !== 'set-cookie') c.header(name, value);
  for (const [index, cookie] of headers.getSetCookie().entries())
    c.header('set-cookie', cookie, { append: index > 0 });
  if (status !== 200) c.status(status as 500);
}
