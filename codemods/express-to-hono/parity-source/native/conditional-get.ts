import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * What answers a GET has a weak ETag, and a client that has this very body already gets 304. The tag is made where the
 * body is made: `etag()` of Hono reads it back from the response, which costs most of the answers a second.
 */
export function conditionalGet(): MiddlewareHandler {
  return (c, next) => {
    const { method } = c.req;
    if (method !== 'GET' && method !== 'HEAD') return next();
    const { body, text, html } = c;
    c.json = ((value: unknown, status?: number, headers?: Record<string, string>) => {
      const sent = JSON.stringify(value);
      return tagged(c, body(sent, status as 200, { 'Content-Type': 'application/json', ...headers }), sent);
    }) as never;
    c.text = ((sent: string, ...rest: []) => tagged(c, text(sent, ...rest), sent)) as never;
    c.body = ((sent: string, ...rest: []) => tagged(c, body(sent, ...rest), sent)) as never;
    c.html = ((sent: string, ...rest: []) => {
      const answer = html(sent, ...rest);
      return answer instanceof Promise ? answer : tagged(c, answer, sent);
    }) as never;
    return next();
  };
}

function tagged(c: Context, answer: Response, body: unknown): Response {
  if (!answer.ok || !(typeof body === 'string' || body instanceof Uint8Array)) return answer;
  const { headers } = answer;
  if (!headers.has('ETag')) headers.set('ETag', tagOf(body));
  if (!isKnown(c, headers)) return answer;
  for (const name of ['Content-Type', 'Content-Length']) headers.delete(name);
  return new Response(null, { status: 304, headers });
}

/** As Express makes it: what clients have kept stays good. */
function tagOf(body: string | Uint8Array): string {
  return `W/"${Buffer.byteLength(body).toString(16)}-${createHash('sha1').update(body).digest('base64').slice(0, 27)}"`;
}

/** Whether the client has what is answered (RFC 9110, 13.1.2 and 13.1.3). */
function isKnown(c: Context, headers: Headers): boolean {
  const known = c.req.header('If-None-Match');
  const since = c.req.header('If-Modified-Since');
  if (known === undefined && since === undefined) return false;
  if (/\bno-cache\b/.test(c.req.header('Cache-Control') ?? '')) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  if (known !== undefined)
    return known === '*' || known.split(',').some((tag) => opaque(tag) === opaque(headers.get('ETag') ?? ''));
  return Date.parse(headers.get('Last-Modified') ?? '') <= Date.parse(since ?? '');
}
