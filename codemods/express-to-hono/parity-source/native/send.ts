import { Buffer } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { Context } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import { needs } from '../needs.ts';

/** `res.send` of what is known only when it runs: text as HTML and bytes, unless a type was set; the rest as JSON. */
export function send(c: Context, value?: unknown, status?: number): Response {
  if (status !== undefined) c.status(status as StatusCode);
  const isBytes = needs.onlyBuffers ? value instanceof Buffer : ArrayBuffer.isView(value);
  if (value != null && typeof value !== 'string' && !isBytes)
    return needs.typedSends ? json(c, value) : c.json(value);
  const type = typeof value === 'string' ? 'text/html; charset=utf-8' : 'application/octet-stream';
  if (value != null && (!needs.typedSends || !hasType(c))) c.header('Content-Type', type);
  const body = !needs.onlyBuffers && isBytes ? Buffer.from(value as Uint8Array) : value;
  return c.body(needs.typedSends && isBodiless(c) ? (null as never) : (body as string));
}

/** `res.send` of Express 4, to which a number is a status. */
export function sendLoosely(c: Context, value?: unknown, status?: number): Response {
  return typeof value === 'number' ? sendStatus(c, value) : send(c, value, status);
}

/** `res.sendStatus`: the text of the status. */
export function sendStatus(c: Context, status: number): Response {
  c.header('Content-Type', 'text/plain; charset=utf-8');
  c.status(status as StatusCode);
  return c.body(isBodiless(c) ? (null as never) : (STATUS_CODES[status] ?? String(status)));
}

/** `res.json` where a type may be set already, or a status that goes without a body. */
export function json(c: Context, value: unknown, status?: number): Response {
  if (status !== undefined) c.status(status as StatusCode);
  return jsonText(c, JSON.stringify(value));
}

/** JSON that is written already, where a type may be set. */
export function jsonText(c: Context, text: string): Response {
  if (!hasType(c)) c.header('Content-Type', 'application/json');
  return c.body(isBodiless(c) ? (null as never) : text);
}

/** Not asked of `c.res`, which makes a response that the answer is then copied into. */
const hasType = (c: Context): boolean => c.body(null).headers.has('Content-Type');

/** 204, 205 and 304, which go without a body. */
function isBodiless(c: Context): boolean {
  return [204, 205, 304].includes(c.body(null).status);
}
