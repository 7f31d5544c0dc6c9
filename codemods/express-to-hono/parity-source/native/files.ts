import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { contentType as typeOf } from 'mime-types';
import { attachmentOf } from './attachment-of.ts';

export interface FileOptions {
  root?: string;
  /** Milliseconds. */
  maxAge?: number;
  immutable?: boolean;
  /** What a client saves it as. */
  name?: string;
}

/** A file, with what caches and resumed downloads go by; one that is not there is a 404 for the error handler. */
export async function sendFile(c: Context, path: string, options: FileOptions = {}): Promise<Response> {
  const { root = '', maxAge = 0, immutable = false, name } = options;
  if (root === '' && !isAbsolute(path)) throw new TypeError('path must be absolute or specify root');
  if (root !== '' && /(^|[\\/])\./.test(path))
    throw withStatus(new Error('Forbidden'), path.includes('..') ? 403 : 404);
  const file = join(root, path);
  const found = await stat(file).catch((error) => Promise.reject(withStatus(error, 404)));
  if (!found.isFile()) return c.notFound();
  const { size, mtime } = found;
  const tag = `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
  const date = mtime.toUTCString();
  const headers = {
    'Content-Type': typeOf(extname(file)) || 'application/octet-stream',
    'Cache-Control': `public, max-age=${Math.floor(maxAge / 1000)}${immutable ? ', immutable' : ''}`,
    'Accept-Ranges': 'bytes',
    ...(name !== undefined && { 'Content-Disposition': attachmentOf(name) }),
    ...{ ETag: tag, 'Last-Modified': date },
  };
  for (const [key, value] of Object.entries(headers)) if (!c.res.headers.has(key)) c.header(key, value);
  const tags = c.req.header('if-none-match')?.split(/\s*,\s*/);
  const since = Date.parse(c.req.header('if-modified-since') ?? '');
  if (tags ? tags.includes(tag) || tags.includes('*') : Date.parse(date) <= since) return c.body(null, 304);
  const [, from, to] = /^bytes=(?!-$)(\d*)-(\d*)$/.exec(c.req.header('range') ?? '') ?? [];
  // A part of another file is no use to a client.
  if (from === undefined || ![undefined, tag, date].includes(c.req.header('if-range'))) {
    c.header('Content-Length', String(size));
    return c.body(c.req.method === 'HEAD' ? (null as never) : streamOf(file));
  }
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' ? size - 1 : Math.min(Number(to || size), size - 1);
  if (start > end) c.header('Content-Range', `bytes */${size}`);
  if (start > end) throw withStatus(new RangeError('Range Not Satisfiable'), 416);
  c.header('Content-Range', `bytes ${start}-${end}/${size}`);
  c.header('Content-Length', String(end - start + 1));
  return c.body(c.req.method === 'HEAD' ? (null as never) : streamOf(file, { start, end }), 206);
}

const withStatus = (error: Error, status: number): Error =>
  Object.assign(error, { status, statusCode: status });

const streamOf = (file: string, part?: { start: number; end: number }): ReadableStream =>
  Readable.toWeb(createReadStream(file, part)) as ReadableStream;
