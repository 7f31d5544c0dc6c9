import { Buffer } from 'node:buffer';
import type { Context, MiddlewareHandler } from 'hono';
import { isLengthLeft } from './end.ts';
import { finishing } from './kept-head.ts';
import { afterAnswer, asPassing } from './passing.ts';
import type { Draft } from './request-state.ts';
import { dropChunks, isPassedThrough, readBody, setResponseHeader } from './response-body.ts';

/** Express announces the length of every buffered body, to HEAD as well; some runtimes would send it in chunks. */
export function contentLength(): MiddlewareHandler {
  return asPassing(function contentLength(c, next) {
    finishing(c, announceLength);
    return afterAnswer(c, next(), measure);
  });
}

async function measure(c: Context): Promise<void> {
  if (c.req.method === 'HEAD') dropChunks(c);
  if (isPassedThrough(c) || c.res.headers.has('Content-Length')) return;
  if (c.res.status === 204 || c.res.status === 304) return;
  const body = await readBody(c);
  if (body === null && (c.req.method === 'HEAD' || isLengthLeft(c))) return;
  setResponseHeader(c, 'Content-Length', String(body === null ? 0 : Buffer.byteLength(body)));
}

function announceLength({ body, status, fields }: Draft): void {
  if (status !== 204 && status !== 304) fields['content-length'] ??= String(Buffer.byteLength(body ?? ''));
}
