import { Buffer } from 'node:buffer';
import createEtag from 'etag';
import type { Context, MiddlewareHandler } from 'hono';
import { isKnownToClient } from './fresh.ts';
import { stateOf } from './request-state.ts';
import {
  isPassedThrough,
  keepBodies,
  readBody,
  replaceResponse,
  setResponseHeader,
} from './response-body.ts';

const unsentBodies = new WeakMap<Context, string | Uint8Array>();

/** Express also tags a body it does not send: the text of `sendStatus(204)`. */
export function tagUnsentBody(c: Context, body: string | Uint8Array): void {
  unsentBodies.set(c, body);
}

const emptyAnswers = new WeakSet<Context>();

/** Express asks an answer of `res.send()` for freshness although it has no body to tag. */
export function askEmpty(c: Context): void {
  emptyAnswers.add(c);
}

const untagged = new WeakSet<Context>();

/** Whether the application tags what it sends, which is Express's default. */
export function isTagging(c: Context): boolean {
  return !untagged.has(c);
}

/** Tags an answer before `etag()` would: a listener for `finish` sees it as the client gets it. */
export async function tagAnswer(c: Context): Promise<void> {
  await stateOf(c).tag?.();
}

/**
 * `res.send` tags every buffered body, and answers 304 without a body when the client has it already; without `tag` by
 * what the application itself says of it.
 */
export function etag(options: { weak?: boolean; tag?: boolean } = {}): MiddlewareHandler {
  return async function etag(c, next) {
    const tag = async () => {
      if (isPassedThrough(c)) return;
      const body = (await readBody(c)) ?? unsentBodies.get(c);
      // Nothing was sent: Express's `res.end` asks for no freshness, not even for `If-None-Match: *`; `res.json(undefined)` does.
      const isJson = (c.res.headers.get('Content-Type') ?? '').startsWith('application/json');
      if (body === undefined && !emptyAnswers.has(c) && !isJson) return;
      if (options.tag !== false && body !== undefined && !c.res.headers.has('ETag')) {
        const entity = typeof body === 'string' ? body : Buffer.from(body);
        setResponseHeader(c, 'ETag', createEtag(entity, { weak: options.weak !== false }));
      }
      if (isKnownToClient(c, c.res.status, c.res.headers)) answerNotModified(c);
    };
    keepBodies(c);
    stateOf(c).tag = tag;
    if (options.tag === false) untagged.add(c);
    await next();
    await tag();
  };
}

function answerNotModified(c: Context): void {
  replaceResponse(c, null, 304);
  for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) c.res.headers.delete(name);
}
