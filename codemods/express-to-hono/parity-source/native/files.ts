import { createReadStream, readFileSync, type Stats, statSync } from 'node:fs';
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
  const found = statOf(file);
  if (!found.isFile()) return c.notFound();
  const { size, mtime } = found;
  const [tag, date] = [`W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`, mtime.toUTCString()];
  // Not asked of `c.res`, which makes a response that the answer is then copied into.
  const { headers: set } = c.body(null);
  const unlessSet = (headers: Record<string, string>) => {
    for (const [key, value] of Object.entries(headers)) if (!set.has(key)) c.header(key, value);
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
  const body = isEmpty ? null : part(file, start, end);
  return c.body(body as ReadableStream, isPart ? 206 : undefined);
}

/** What is read in less time than a stream is made is read at once. */
function part(file: string, start: number, end: number): Uint8Array | ReadableStream {
  if (end < 64 * 1024) return readFileSync(file).subarray(start, end + 1);
  return Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream;
}

/** Asked at once: to wait for a thread costs more than most answers. */
function statOf(file: string): Stats {
  try {
    return statSync(file);
  } catch (error) {
    throw withStatus(error as Error, 404);
  }
}

function withStatus(error: Error, status: number): Error {
  return Object.assign(error, { status, statusCode: status });
}
