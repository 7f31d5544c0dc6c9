import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { needs } from '../needs.ts';

/** A GET has a weak ETag, and 304. Not `etag()` of Hono: to read bodies back costs most of the answers a second. */
export function conditionalGet(): MiddlewareHandler {
  return (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const { body, header, html, text } = c;
    const known = c.req.header('If-None-Match');
    // Noted as they are set: to read them from the response costs more than the tag.
    const set: Record<string, string | undefined> = {};
    let isUnstored = false;
    const noted = (name: string, value?: string, ...rest: []) => {
      if ((needs.ownTags || needs.ownDates) && /^(etag|last-modified)$/i.test(name))
        set[name.toLowerCase()] = value;
      if (needs.unstored && /^cache-control$/i.test(name)) isUnstored = /\bno-store\b/.test(value ?? '');
      header(name, value, ...rest);
    };
    const isOld = () =>
      known === undefined &&
      Date.parse(set['last-modified'] ?? '') <= Date.parse(c.req.header('If-Modified-Since') ?? '');
    // biome-ignore lint/suspicious/noExplicitAny: what each of Hono's methods takes is asked of them
    const tagged = (answer: any) => (sent: unknown, status?: number, headers?: object) => {
      const isWhole = typeof sent === 'string' || sent instanceof Uint8Array;
      if (!isWhole || (status ?? 200) >= 300 || (needs.unstored && isUnstored && known === undefined))
        return answer(sent, status, headers);
      const digest = createHash('sha1').update(sent).digest('base64').slice(0, 27);
      // As Express makes it: what clients have kept stays good.
      const tag = (needs.ownTags && set.etag) || `W/"${Buffer.byteLength(sent).toString(16)}-${digest}"`;
      const answered = answer(sent, status, { ETag: tag, ...headers });
      const isKnown = known === '*' || known?.includes(tag.replace('W/', '')) || (needs.ownDates && isOld());
      const isAsked = isKnown && !/\bno-cache\b/.test(c.req.header('Cache-Control') ?? '');
      if (!isAsked || !answered.ok) return answered;
      // That of the body that is not sent.
      c.header('Content-Type', undefined);
      return c.newResponse(null, 304, { ETag: tag });
    };
    const json = (value: unknown, status?: number, headers?: object) =>
      c.body(JSON.stringify(value), status as 200, { 'Content-Type': 'application/json', ...headers });
    Object.assign(c, { body: tagged(body), html: tagged(html), text: tagged(text) });
    if (needs.ownCaching) c.header = noted as never;
    if (needs.jsonAnswers) c.json = json as never;
    return next();
  };
}
