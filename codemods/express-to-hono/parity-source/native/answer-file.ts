import { createReadStream, readFileSync, type Stats } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { contentType as typeOf } from 'mime-types';
import { needs } from '../needs.ts';
import { httpError } from './http-error.ts';

/** A file, with what caches and resumed downloads go by. */
export function answerFile(c: Context, file: string, stats: Stats, cache = 'public, max-age=0'): Response {
  const { size, mtime } = stats;
  const [tag, date] = [`W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`, mtime.toUTCString()];
  // Not asked of `c.res`, which makes a response that the answer is then copied into.
  const { headers: set } = c.body(null);
  const unlessSet = (headers: Record<string, string>) => {
    for (const [key, value] of Object.entries(headers)) if (!set.has(key)) c.header(key, value);
  };
  unlessSet({ 'Accept-Ranges': 'bytes', 'Cache-Control': cache, ETag: tag, 'Last-Modified': date });
  const tags = c.req.header('if-none-match')?.split(/\s*,\s*/);
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  if (tags ? tags.includes(tag) || tags.includes('*') : Date.parse(date) <= since) return c.body(null, 304);
  unlessSet({ 'Content-Type': typeOf(extname(file)) || 'application/octet-stream' });
  const [, from, to] = /^bytes=(?!-$)(\d*)-(\d*)$/.exec(c.req.header('range') ?? '') ?? [];
  // A part of another file is no use to a client.
  const isPart = from !== undefined && [undefined, tag, date].includes(c.req.header('if-range'));
  const start = !isPart ? 0 : from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = !isPart || from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  const isThere = !isPart || start <= end;
  if (isPart) c.header('Content-Range', `bytes ${isThere ? `${start}-${end}` : '*'}/${size}`);
  if (!isThere)
    throw needs.errorHandler
      ? httpError(416, 'Range Not Satisfiable')
      : new HTTPException(416, { message: 'Range Not Satisfiable' });
  c.header('Content-Length', String(end - start + 1));
  const status = isPart ? 206 : undefined;
  if (size === 0 || c.req.method === 'HEAD') return c.body(null, status);
  // What is read in less time than a stream is made is read at once.
  if (end < 64 * 1024) return c.body(readFileSync(file).subarray(start, end + 1), status);
  return c.body(Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream, status);
}
