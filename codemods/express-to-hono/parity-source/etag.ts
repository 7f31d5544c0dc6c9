import { Buffer } from 'node:buffer';
import crypto, { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { isKnownToClient } from './fresh.ts';
import { finishing, isFinished } from './kept-head.ts';
import { afterAnswer, asPassing } from './passing.ts';
import { requestHeader } from './request-head.ts';
import { type Draft, stateOf } from './request-state.ts';
import { isPassedThrough, readBody, replaceResponse, setResponseHeader } from './response-body.ts';

/** Express also tags a body it does not send: the text of `sendStatus(204)`. */
export function tagUnsentBody(c: Context, body: string | Uint8Array): void {
  stateOf(c).unsent = body;
}

/** Express asks an answer of `res.send()` for freshness although it has no body to tag. */
export function askEmpty(c: Context): void {
  stateOf(c).isEmpty = true;
}

const untagged = new WeakSet<Context>();

/** Whether the application tags what it sends, which is Express's default. */
export function isTagging(c: Context): boolean {
  return !untagged.has(c);
}

/** Tags an answer before `etag()` would: a listener for `finish` sees it as the client gets it. */
export async function tagAnswer(c: Context): Promise<void> {
  if (!isFinished(c)) await stateOf(c).tag?.(c);
}

/**
 * `res.send` tags every buffered body, and answers 304 without a body when the client has it already; without `tag` by
 * what the application itself says of it.
 */
export function etag(options: { weak?: boolean; tag?: boolean } = {}): MiddlewareHandler {
  const isWeak = options.weak !== false;
  const tagDraft = (draft: Draft) => {
    const { c, body, fields } = draft;
    if (options.tag !== false) fields.etag ??= tagOf(body ?? '', isWeak);
    if (!requestHeader(c, 'if-none-match') && !requestHeader(c, 'if-modified-since')) return;
    const { etag, 'last-modified': modified } = fields;
    if (!isKnownToClient(c, draft.status, etag, modified)) return;
    Object.assign(draft, { body: null, status: 304 });
    for (const name of ['content-type', 'content-length']) delete fields[name];
  };
  const tag = async (c: Context) => {
    if (isPassedThrough(c)) return;
    const { unsent, isEmpty } = stateOf(c);
    const body = (await readBody(c)) ?? unsent;
    // Nothing was sent: Express's `res.end` asks for no freshness, not even for `If-None-Match: *`; `res.json(undefined)` does.
    const isJson = (c.res.headers.get('Content-Type') ?? '').startsWith('application/json');
    if (body === undefined && !isEmpty && !isJson) return;
    if (options.tag !== false && body !== undefined && !c.res.headers.has('ETag'))
      setResponseHeader(c, 'ETag', tagOf(body, isWeak));
    const { headers, status } = c.res;
    if (isKnownToClient(c, status, headers.get('ETag'), headers.get('Last-Modified'))) answerNotModified(c);
  };
  return asPassing(function etag(c, next) {
    finishing(c, tagDraft);
    stateOf(c).tag = tag;
    if (options.tag === false) untagged.add(c);
    return afterAnswer(c, next(), tag);
  });
}

/** A digest in one call, which costs a third of one by an object. Node has it since 20.12. */
const sha1 = (
  crypto as { hash?: (algorithm: string, data: string | Uint8Array, encoding: 'base64') => string }
).hash;

/** As the package `etag` makes it. */
function tagOf(body: string | Uint8Array, isWeak: boolean): string {
  const digest = (sha1?.('sha1', body, 'base64') ?? createHash('sha1').update(body).digest('base64')).slice(
    0,
    27,
  );
  const text = `"${Buffer.byteLength(body).toString(16)}-${digest}"`;
  return isWeak ? `W/${text}` : text;
}

function answerNotModified(c: Context): void {
  replaceResponse(c, null, 304);
  for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) c.res.headers.delete(name);
}
