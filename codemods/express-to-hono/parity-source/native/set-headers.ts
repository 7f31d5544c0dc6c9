import type { Context } from 'hono';
import { setType } from './set-type.ts';

/** `res.set` of an object: each member is a header, one with a list has a line for each value, and a type gets its charset. */
export function setHeaders(c: Context, headers: object | null | undefined): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (name.toLowerCase() === 'content-type') {
      setType(c, String(value));
      continue;
    }
    c.header(name, undefined);
    for (const line of [value].flat()) c.header(name, String(line), { append: true });
  }
}
