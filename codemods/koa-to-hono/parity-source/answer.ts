/**
 * Answers with a value whose kind is known only when it runs, as Koa does: nothing is a 204, a text HTML where it starts
 * with `<`, bytes and streams are sent as they are, the rest is JSON. Where you know the kind, `c.json(…)` takes its place.
 */

import { STATUS_CODES } from 'node:http';
import type { Readable } from 'node:stream';
import type { Context } from 'hono';
import { toWebStream } from './web-stream.ts';

/** The response for a value, with the status given or set before. */
export const answer = (c: Context, value: unknown, status?: number): Response =>
  respond(c, value, status, true);

/** The same where a content type was set before: texts and bytes keep it. */
export const answerTyped = (c: Context, value: unknown, status?: number): Response =>
  respond(c, value, status, !c.res.headers.has('Content-Type'));

/** The same where the status is said after the value: it stays where that is nothing. */
export function answerLate(c: Context, value: unknown, status: number): Response {
  if (value === null) return c.body(null, status as 200);
  return value === undefined ? statusAnswer(c, status) : answerTyped(c, value, status);
}

/** A status without a body: Koa sends its name. */
export const statusAnswer = (c: Context, status: number): Response =>
  status === 204 || status === 205 || status === 304
    ? c.body(null, status)
    : c.text(STATUS_CODES[status] ?? String(status), status as 200);

function respond(c: Context, value: unknown, status: number | undefined, setsType: boolean): Response {
  const code = status as 200 | undefined;
  if (value === null || value === undefined) {
    c.header('Content-Type', undefined);
    return c.body(null, 204);
  }
  if (code !== undefined && [204, 205, 304].includes(code)) return c.body(null, code);
  if (typeof value === 'string') {
    if (!setsType) return c.body(value, code);
    return /^\s*</.test(value) ? c.html(value, code) : c.text(value, code);
  }
  const bytes = value instanceof Uint8Array;
  const stream = value instanceof ReadableStream || typeof (value as Readable).pipe === 'function';
  if (!bytes && !stream) return c.json(value as object, code);
  if (setsType) c.header('Content-Type', 'application/octet-stream');
  if (bytes) return c.body(value as Uint8Array<ArrayBuffer>, code);
  return c.body(value instanceof ReadableStream ? value : toWebStream(value as Readable), code);
}
