import type { Context } from 'hono';
import { isBytes } from './express4/content-types.ts';
import { json, send } from './send.ts';

export interface JsonFormat {
  spaces?: number | string;
  replacer?: (number | string)[];
}

/** `res.json` under the settings `json spaces` and `json replacer`; a content type set before is kept. */
export function formattedJson(c: Context, value: unknown, format: JsonFormat): Response {
  const text = JSON.stringify(value, format.replacer, format.spaces) as string | undefined;
  if (text === undefined) return json(c, value);
  if (!c.body(null).headers.has('Content-Type')) c.header('Content-Type', 'application/json');
  return send(c, text);
}

/** `res.send` of what is known only when it runs, under the same settings. */
export function formattedSend(c: Context, value: unknown, format: JsonFormat): Response {
  const isPlain = value === null || typeof value !== 'object' || isBytes(value);
  return isPlain ? send(c, value) : formattedJson(c, value, format);
}
