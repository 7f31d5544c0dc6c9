import { Buffer } from 'node:buffer';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { needs } from '../needs.ts';
import { httpError } from './http-error.ts';

export async function readBytes(c: Context, limit: number): Promise<Buffer> {
  const encoding = c.req.header('content-encoding')?.toLowerCase() ?? 'identity';
  if (!/^(identity|gzip|deflate)$/.test(encoding))
    throw needs.errorHandler
      ? httpError(415, `unsupported content encoding "${encoding}"`, { type: 'encoding.unsupported' })
      : new HTTPException(415, { message: 'Unsupported Media Type' });
  const isPlain = encoding === 'identity';
  const sent = isPlain && Number(c.req.header('content-length')) <= limit ? null : c.req.raw.body;
  if (sent === null) return Buffer.from(await c.req.arrayBuffer());
  const read = isPlain ? sent : sent.pipeThrough(new DecompressionStream(encoding as 'gzip'));
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of read as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit)
      throw needs.errorHandler
        ? httpError(413, 'request entity too large', { type: 'entity.too.large' })
        : new HTTPException(413, { message: 'Payload Too Large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
