import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { contentType as typeOf } from 'mime-types';

export interface FileOptions {
  root?: string;
  /** How long it is kept: Cache-Control. */
  cache?: string;
  /** Content-Disposition. */
  disposition?: string;
}

/** A file, with what caches and resumed downloads go by; one that is not there is a 404 for the error handler. */
export async function sendFile(c: Context, path: string, options: FileOptions = {}): Promise<Response> {
  const { root = '', cache = 'public, max-age=0', disposition } = options;
  if (root === '' ? !isAbsolute(path) : /(^|[\\/])\./.test(path))
    throw withStatus(new Error('Forbidden'), path.includes('..') ? 403 : 404);
  const file = join(root, path);
  const found = await stat(file).catch((error) => Promise.reject(withStatus(error, 404)));
  if (!found.isFile()) return c.notFound();
  const { size, mtime } = found;
  const [tag, date] = [`W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`, mtime.toUTCString()];
  const unlessSet = (headers: Record<string, string>) => {
    for (const [key, value] of Object.entries(headers)) if (!c.res.headers.has(key)) c.header(key, value);
  };
  unlessSet({ 'Cache-Control': cache, ETag: tag, 'Last-Modified': date });
  c.header('Accept-Ranges', 'bytes');
  if (disposition !== undefined) c.header('Content-Disposition', disposition);
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
  if (!isThere) throw withStatus(new RangeError('Range Not Satisfiable'), 416);
  c.header('Content-Length', String(end - start + 1));
  const isEmpty = size === 0 || c.req.method === 'HEAD';
  const body = isEmpty ? null : Readable.toWeb(createReadStream(file, { start, end }));
  return c.body(body as ReadableStream, isPart ? 206 : undefined);
}

function withStatus(error: Error, status: number): Error {
  return Object.assign(error, { status, statusCode: status });
}
