import { Buffer } from 'node:buffer';
import type { Context } from 'hono';
import { needs } from '../needs.ts';
import { jsonText, send } from './send.ts';

export type JsonFormat = { spaces?: number | string; replacer?: (number | string)[] };

/** `res.json` under the settings `json spaces` and `json replacer`. */
export const formattedJson = (c: Context, value: unknown, format: JsonFormat): Response =>
  jsonText(c, JSON.stringify(value, format.replacer, format.spaces));

/** `res.send` of what is known only when it runs, under the same settings. */
export function formattedSend(c: Context, value: unknown, format: JsonFormat): Response {
  const isBytes = needs.onlyBuffers ? value instanceof Buffer : ArrayBuffer.isView(value);
  const isData = value == null || typeof value === 'string' || isBytes;
  return isData ? send(c, value) : formattedJson(c, value, format);
}
