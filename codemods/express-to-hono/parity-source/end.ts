import type { Context } from 'hono';
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status';

const ended = new WeakSet<Context>();

/** `res.end`: Express adds neither an ETag nor a charset to what is written this way. */
export function end(
  c: Context,
  body: string | Uint8Array<ArrayBufferLike> | ReadableStream | null = null,
  status?: number,
): Response {
  ended.add(c);
  if (status !== undefined) c.status(status as StatusCode);
  const announced = c.body(null).headers.get('Transfer-Encoding') !== null;
  // A server gives text and bytes a length; what was announced in chunks has to be a stream.
  const response = c.body((announced && body !== null ? new Response(body as string).body : body) as string);
  const length = lengthOf(body);
  const hasNoBody =
    response.status === 204 || response.status === 304 || (length === 0 && c.req.method === 'HEAD');
  const { headers } = response;
  if (c.req.method === 'HEAD') headers.delete('Transfer-Encoding');
  if (length === undefined || hasNoBody) return response;
  if (headers.has('Content-Length') || headers.has('Transfer-Encoding')) return response;
  headers.set('Content-Length', String(length));
  return response;
}

function lengthOf(body: string | Uint8Array | ReadableStream | null): number | undefined {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return body === null ? 0 : (body as Partial<Uint8Array>).byteLength;
}

/** Whether the response was written with `res.end`, so that it must go out as it is. */
export function isEnded(c: Context): boolean {
  return ended.has(c);
}

/** The status set with `c.status(…)` so far: Express's `res.statusCode`. */
export function currentStatus(c: Context): ContentfulStatusCode {
  return c.body(null).status as ContentfulStatusCode;
}
