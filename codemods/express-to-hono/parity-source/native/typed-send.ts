import type { Context } from 'hono';

/** `res.send` under a type that was set: text and bytes as they are, the rest as JSON. */
export function sendTyped(c: Context, value: unknown, status?: number): Response {
  const isData = value == null || typeof value === 'string' || ArrayBuffer.isView(value);
  return c.body(isData ? (value as string) : JSON.stringify(value), status as 200);
}
