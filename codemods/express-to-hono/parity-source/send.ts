import { Buffer } from 'node:buffer';
import contentType from 'content-type';
import type { Context } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import statuses from 'statuses';
import { currentStatus } from './end.ts';
import { askEmpty, tagUnsentBody } from './etag.ts';
import { IS_LOOSE, isBytes } from './express4/content-types.ts';
import { fieldSoFar } from './kept-head.ts';
import type { Bytes } from './request-state.ts';

/** `res.send` of a value whose type is known only at run time; a content type set before is kept. */
export function send(c: Context, value?: unknown, status?: number): Response {
  if (status !== undefined) c.status(status as StatusCode);
  if (typeof value === 'string') return sendText(c, value, 'text/html');
  if (value === null) {
    const type = currentType(c);
    return sendBody(c, new Uint8Array(0), IS_LOOSE && type ? withUtf8(type) : type);
  }
  if (IS_LOOSE && typeof value === 'number') {
    c.header('Content-Type', currentType(c) ?? 'text/plain');
    c.status(value as StatusCode);
    return send(c, statuses.message[value]);
  }
  if (value === undefined) return sendBody(c, null, currentType(c));
  if (isBytes(value)) {
    const bytes = new Uint8Array(Buffer.from(value as Uint8Array));
    return sendBody(c, bytes, currentType(c) ?? 'application/octet-stream');
  }
  return json(c, value);
}

/** `res.json`: as `c.json`, but a content type set before is kept. */
export function json(c: Context, value: unknown, status?: number): Response {
  if (status !== undefined) c.status(status as StatusCode);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return sendBody(c, null, currentType(c) ?? 'application/json; charset=utf-8');
  return sendText(c, text, 'application/json');
}

/** `res.sendStatus`: the status text as plain text. */
export function sendStatus(c: Context, status: number): Response {
  c.status(status as StatusCode);
  c.header('Content-Type', 'text/plain');
  return sendText(c, statuses.message[status] ?? String(status), 'text/plain');
}

/** Express sends every string as UTF-8 and says so, whatever charset was asked for. */
function sendText(c: Context, text: string, defaultType: string | undefined): Response {
  const type = currentType(c) ?? defaultType;
  return sendBody(c, text, type === undefined ? undefined : withUtf8(type));
}

function withUtf8(type: string): string {
  if (type === 'application/json' || type === 'text/html') return `${type}; charset=utf-8`;
  const parsed = contentType.parse(type);
  return contentType.format({ type: parsed.type, parameters: { ...parsed.parameters, charset: 'utf-8' } });
}

/** 204, 205 and 304 have no body, though Express tags the one it was given. */
function sendBody(c: Context, body: string | Bytes | null, type: string | undefined): Response {
  const status: number = currentStatus(c);
  if (body === null) askEmpty(c);
  if (status !== 204 && status !== 205 && status !== 304) {
    if (type !== undefined) c.header('Content-Type', type);
    const response = c.body(body as string);
    // Hono's Node server calls every untyped body text.
    if (type === undefined) response.headers.delete('Content-Type');
    return response;
  }
  if (body !== null) tagUnsentBody(c, body);
  c.header('Content-Type', status === 205 ? type : undefined);
  if (status === 205) c.header('Content-Length', '0');
  return c.body(null);
}

function currentType(c: Context): string | undefined {
  return fieldSoFar(c, 'content-type');
}
