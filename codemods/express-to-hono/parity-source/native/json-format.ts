import type { Context } from 'hono';
import { hasType, isBodiless, send } from './send.ts';

export interface JsonFormat {
  spaces?: number | string;
  replacer?: (number | string)[];
}

/** `res.json` in a format of its own; a content type set before is kept. */
export function formattedJson(c: Context, value: unknown, format: JsonFormat): Response {
  if (!hasType(c)) c.header('Content-Type', 'application/json');
  const text = JSON.stringify(value, format.replacer, format.spaces);
  return c.body(isBodiless(c) ? (null as never) : text);
}

/** `res.send` of what is known only when it runs, JSON in the same format. */
export function formattedSend(c: Context, value: unknown, format: JsonFormat): Response {
  const isPlain = value === null || typeof value !== 'object' || ArrayBuffer.isView(value);
  return isPlain ? send(c, value) : formattedJson(c, value, format);
}
