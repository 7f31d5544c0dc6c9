import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { needs } from '../needs.ts';

/**
 * What answers a GET has a weak ETag, and a client that has this very body already gets 304. The tag is made where the
 * body is made: `etag()` of Hono reads it back from the response, which costs most of the answers a second.
 */
export function conditionalGet(): MiddlewareHandler {
  return (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const { body, header, html } = c;
    const isAsked = (c.req.header('If-None-Match') ?? c.req.header('If-Modified-Since')) !== undefined;
    // Noted as they are set: to read them from the response costs more than the tag.
    let [hasTag, isStored] = [false, true];
    const typed = (type: string) => (sent: string, status?: number, headers?: object) =>
      c.body(sent, status as 200, { 'Content-Type': type, ...headers });
    const page = typed('text/html; charset=UTF-8');
    const noted = (name: string, value?: string, ...rest: []) => {
      if (/^etag$/i.test(name)) hasTag = value !== undefined;
      if (/^cache-control$/i.test(name)) isStored = !/\bno-store\b/.test(value ?? '');
      header(name, value, ...rest);
    };
    Object.assign(c, {
      ...(needs.ownCaching && { header: noted }),
      body: (sent: unknown, status?: 200, headers?: Record<string, string>) => {
        if (typeof sent !== 'string' && !(sent instanceof Uint8Array))
          return body(sent as null, status, headers);
        const mayTag = !hasTag && (isStored || isAsked);
        const isTagged = (!needs.ownCaching || mayTag) && (status ?? 200) < 300;
        const answer = body(sent as string, status, isTagged ? { ETag: tagOf(sent), ...headers } : headers);
        return isAsked ? unlessKnown(c, answer) : answer;
      },
      json: (value: unknown, ...rest: []) => typed('application/json')(JSON.stringify(value), ...rest),
      text: typed('text/plain; charset=UTF-8'),
      html: (sent: string, ...rest: []) => (typeof sent === 'string' ? page : html)(sent, ...rest),
    });
    return next();
  };
}

/** As Express makes it: what clients have kept stays good. */
function tagOf(body: string | Uint8Array): string {
  const digest = createHash('sha1').update(body).digest('base64').slice(0, 27);
  return `W/"${Buffer.byteLength(body).toString(16)}-${digest}"`;
}

/** 304 without a body where the client has what is answered (RFC 9110, 13.1.2 and 13.1.3). */
function unlessKnown(c: Context, answer: Response): Response {
  const { headers } = answer;
  const known = c.req.header('If-None-Match');
  const since = c.req.header('If-Modified-Since') ?? '';
  if (!answer.ok || /\bno-cache\b/.test(c.req.header('Cache-Control') ?? '')) return answer;
  const tag = headers.get('ETag')?.replace(/^W\//, '') ?? '""';
  const isOld = () => Date.parse(headers.get('Last-Modified') ?? '') <= Date.parse(since);
  const isKnown = known === '*' || known?.includes(tag);
  if (!(needs.ownCaching ? (isKnown ?? isOld()) : isKnown)) return answer;
  for (const name of ['Content-Type', 'Content-Length']) headers.delete(name);
  return new Response(null, { status: 304, headers });
}
