import { Buffer } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';

/**
 * Compresses answers of `threshold` bytes and more. `hono/compress` goes by a Content-Length that handlers do not set, so short
 * answers have it here. Bun compresses from 1.3 on.
 */
export function compressAnswers({ threshold = 1024 }: { threshold?: number } = {}): MiddlewareHandler {
  if (typeof CompressionStream === 'undefined') return (_c, next) => next();
  const compressing = compress({ threshold });
  return (c, next) => {
    const { body, html, text } = c;
    // biome-ignore lint/suspicious/noExplicitAny: what each of Hono's methods takes is asked of them
    const measured = (answer: any) => (sent: unknown, status?: number, headers?: object) => {
      const isWhole = typeof sent === 'string' || sent instanceof Uint8Array;
      const length = isWhole ? Buffer.byteLength(sent) : threshold;
      return answer(
        sent,
        status,
        length < threshold ? { 'Content-Length': String(length), ...headers } : headers,
      );
    };
    const json = (value: unknown, status?: number, headers?: object) =>
      c.body(JSON.stringify(value), status as 200, { 'Content-Type': 'application/json', ...headers });
    Object.assign(c, { body: measured(body), html: measured(html), text: measured(text), json });
    return compressing(c, next);
  };
}
