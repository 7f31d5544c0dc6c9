import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Context, MiddlewareHandler } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { HttpError } from './errors.ts';
import { isUnchanged } from './etag.ts';

/** Files up to this size are read at once: faster than a stream, and the answer says its length on every runtime. */
const SMALL = 256 * 1024;

/**
 * Serves a folder with validators and ranges. None of the runtimes' own `serveStatic` answers conditional requests, and
 * those of Bun and Deno answer no ranges either: it goes when they do.
 *
 * @param root absolute
 * @param options `below`: the path that the folder is served under
 */
export function staticFiles(
  root: string,
  { below, cacheControl }: { below: string; cacheControl: string },
): MiddlewareHandler {
  return async function staticFiles(c, next) {
    const { pathname } = new URL(c.req.url);
    const file = fileOf(root, pathname.slice(below.length));
    const found = file === null ? null : await stat(file).catch(() => null);
    if (found?.isDirectory() && !pathname.endsWith('/')) return c.redirect(`${pathname}/`, 301);
    if (file === null || !found?.isFile() || pathname.endsWith('/')) return next();
    return sendFile(c, file, cacheControl);
  };
}

/** The file that a path names; null for one out of the folder, hidden, or malformed. */
export function fileOf(root: string, pathname: string): string | null {
  try {
    const segments = decodeURIComponent(pathname).split(/[\\/]/);
    const isHidden = segments.some((segment) => segment.startsWith('.') || segment.includes('\0'));
    return isHidden ? null : join(root, ...segments);
  } catch {
    return null;
  }
}

/**
 * Answers with a file, with a part of it, or with 304.
 *
 * @throws {HttpError} 404 where there is none, 412 and 416 where the request's conditions do not hold
 */
export async function sendFile(c: Context, file: string, cacheControl: string): Promise<Response> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new HttpError(404, 'not_found', 'no such file');
  const { size, mtime } = found;
  const modified = Math.floor(mtime.getTime() / 1000) * 1000;
  const etag = `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
  c.header('Accept-Ranges', 'bytes');
  c.header('Cache-Control', cacheControl);
  c.header('Last-Modified', mtime.toUTCString());
  c.header('ETag', etag);
  if (hasChanged(c, modified)) throw new HttpError(412, 'bad_request', 'bad request');
  if (isUnchanged(c, etag, modified)) return c.body(null, 304);

  const range = rangeOf(c, { size, etag, modified });
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${size}`);
    throw new HttpError(416, 'bad_request', 'bad request');
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) c.header('Content-Range', `bytes ${start}-${end}/${size}`);
  c.header('Content-Type', getMimeType(file) ?? 'application/octet-stream');
  c.header('Content-Length', String(end - start + 1));
  const status = range ? 206 : 200;
  return c.req.method === 'HEAD' ? c.body(null, status) : c.body(await read(file, start, end, size), status);
}

async function read(
  file: string,
  start: number,
  end: number,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream> {
  if (size <= SMALL) return (await readFile(file)).subarray(start, end + 1);
  return Readable.toWeb(createReadStream(file, { start, end }));
}

/** `If-Match` names a strong tag, and ours are weak; `*` is any (RFC 9110, 13.1.1). */
function hasChanged(c: Context, modified: number): boolean {
  const wanted = c.req.header('If-Match');
  if (wanted !== undefined) return wanted !== '*';
  return modified > Date.parse(c.req.header('If-Unmodified-Since') ?? '');
}

/** The one range asked for; null for the whole file, which several ranges get as well (RFC 9110, 14.2). */
function rangeOf(
  c: Context,
  { size, etag, modified }: { size: number; etag: string; modified: number },
): { start: number; end: number } | 'unsatisfiable' | null {
  const condition = c.req.header('If-Range');
  if (condition && condition !== etag && !(modified <= Date.parse(condition))) return null;
  const asked = /^bytes=(\d*)-(\d*)$/.exec(c.req.header('Range') ?? '');
  if (asked === null || asked[0] === 'bytes=-') return null;
  const [, first = '', last = ''] = asked;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}
