import { Buffer } from 'node:buffer';
import type { Context } from 'hono';
import { needs } from '../needs.ts';

/** `res.send` under a type that was set: text and bytes as they are, the rest as JSON. */
export function sendTyped(c: Context, value: unknown, status?: number): Response {
  const isBytes = needs.onlyBuffers ? value instanceof Buffer : ArrayBuffer.isView(value);
  if (!needs.onlyBuffers && isBytes) return c.body(Buffer.from(value as Uint8Array), status as 200);
  const isData = value == null || typeof value === 'string' || isBytes;
  return c.body(isData ? (value as string) : JSON.stringify(value), status as 200);
}
