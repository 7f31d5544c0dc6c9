import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * What answers a GET has a weak ETag, and a client that has this very body already gets 304. The tag is made where the
 * body is made: `etag()` of Hono reads it back from the response, which costs most of the answers a second.
 */
export function conditionalGet(): MiddlewareHandler {
  return (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const { body, html } = c;
    const typed = (type: string) => (sent: string, status?: number, headers?: object) =>
      c.body(sent, status as 200, { 'Content-Type': type, ...headers });
    const [json, page] = [typed('application/json'), typed('text/html; charset=UTF-8')];
    Object.assign(c, {
      body: (sent: string, ...rest: []) => tagged(c, body(sent, ...rest), sent),
      json: (value: unknown, ...rest: []) => json(JSON.stringify(value), ...rest),
      text: typed('text/plain; charset=UTF-8'),
      html: (sent: string, ...rest: []) => (typeof sent === 'string' ? page : html)(sent, ...rest),
    });
    return next();
  };
}

/** RFC 9110, 13.1.2 and 13.1.3. The tag is as Express makes it: what clients have kept stays good. */
function tagged(c: Context, answer: Response, body: unknown): Response {
  if (!answer.ok || !(typeof body === 'string' || body instanceof Uint8Array)) return answer;
  const { headers } = answer;
  const [known, since] = [c.req.header('If-None-Match'), c.req.header('If-Modified-Since')];
  const isAsked = (known ?? since) !== undefined;
  if (!isAsked && /\bno-store\b/.test(headers.get('Cache-Control') ?? '')) return answer;
  const made = () => createHash('sha1').update(body).digest('base64').slice(0, 27);
  const tag = headers.get('ETag') ?? `W/"${Buffer.byteLength(body).toString(16)}-${made()}"`;
  headers.set('ETag', tag);
  if (!isAsked || /\bno-cache\b/.test(c.req.header('Cache-Control') ?? '')) return answer;
  const opaque = (each: string) => each.trim().replace(/^W\//, '');
  const isOld = () => Date.parse(headers.get('Last-Modified') ?? '') <= Date.parse(since ?? '');
  const isKnown = known === '*' || known?.split(',').some((each) => opaque(each) === opaque(tag));
  if (!(isKnown ?? isOld())) return answer;
  for (const name of ['Content-Type', 'Content-Length']) headers.delete(name);
  return new Response(null, { status: 304, headers });
}
