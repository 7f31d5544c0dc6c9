import type { Context } from 'hono';

/** `res.set` of an object: each member is a header, one with a list has a line for each value. */
export function setHeaders(c: Context, headers: object | null | undefined): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    c.header(name, undefined);
    for (const line of [value].flat()) c.header(name, String(line), { append: true });
  }
}
