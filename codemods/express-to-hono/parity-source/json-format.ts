import type { Context } from 'hono';
import { json, send } from './send.ts';

/** `res.json` under the settings `json spaces` and `json replacer`; a content type set before is kept. */
export function formattedJson(
  c: Context,
  value: unknown,
  format: { spaces?: number | string; replacer?: (number | string)[] },
): Response {
  const text = JSON.stringify(value, format.replacer, format.spaces) as string | undefined;
  if (text === undefined) return json(c, value);
  if (!c.body(null).headers.has('Content-Type')) c.header('Content-Type', 'application/json');
  return send(c, text);
}
