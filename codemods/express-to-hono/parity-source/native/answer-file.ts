import { createReadStream, readFileSync, type Stats } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { contentType as typeOf } from 'mime-types';
import { needs } from '../needs.ts';
import { httpError } from './http-error.ts';

/** A file, with what caches and resumed downloads go by. */
export async function answerFile(c: Context, file: string, stats: Stats, cache: string): Promise<Response> {
  const { size, mtime } = stats;
  const [tag, date] = [`W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`, mtime.toUTCString()];
  const head = { 'Accept-Ranges': 'bytes', 'Cache-Control': cache, ETag: tag, 'Last-Modified': date };
  // Not asked of `c.res`, which makes a response that the answer is then copied into.
  const set = c.body(null).headers;
  for (const [name, value] of Object.entries(head))
    if (!needs.ownHeaders || !set.has(name)) c.header(name, value);
  const tags = c.req.header('if-none-match')?.split(/\s*,\s*/);
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  if (tags ? tags.includes(tag) || tags.includes('*') : Date.parse(date) <= since)
    return c.newResponse(null, 304);
  const type = typeOf(extname(file)) || 'application/octet-stream';
  if (!needs.ownHeaders || !set.has('Content-Type')) c.header('Content-Type', type);
  const range = /^bytes=(?!-$)(\d*)-(\d*)$/.exec(c.req.header('range') ?? '');
  // A part of another file is no use to a client.
  const isPart = range !== null && [undefined, tag, date].includes(c.req.header('if-range'));
  const [, from = '', to = ''] = isPart ? range : [];
  const start = from === '' && isPart ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (isPart) c.header('Content-Range', `bytes ${start <= end ? `${start}-${end}` : '*'}/${size}`);
  if (isPart && start > end)
    throw needs.errorHandler
      ? httpError(416, 'Range Not Satisfiable')
      : new HTTPException(416, { message: 'Range Not Satisfiable' });
  c.header('Content-Length', String(end - start + 1));
  const status = isPart ? 206 : undefined;
  if (size === 0 || c.req.method === 'HEAD') return c.newResponse(null, status);
  // What is read in less time than a stream is made is read at once.
  if (end < 64 * 1024) return c.newResponse(readFileSync(file).subarray(start, end + 1), status);
  return c.newResponse(Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream, status);
}
