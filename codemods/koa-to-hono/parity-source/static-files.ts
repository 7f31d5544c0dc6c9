/**
 * Serves the files of a folder as koa-static did: no hidden ones, an index for folders, `Last-Modified` and `Cache-Control`, and the
 * `.br` or `.gz` beside a file where the client takes that. `serveStatic` of the runtime serves hidden files too.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import type { Context, MiddlewareHandler } from 'hono';
import createError from 'http-errors';
import { contentType } from 'mime-types';
import { toWebStream } from './web-stream.ts';

interface StaticOptions {
  index?: string | boolean;
  /** Files whose name or folder begins with a dot are served too. */
  hidden?: boolean;
  /** Milliseconds for which clients may keep a file. */
  maxage?: number;
  maxAge?: number;
  immutable?: boolean;
  /** A folder without a slash at its end has its index as well. */
  format?: boolean;
  brotli?: boolean;
  gzip?: boolean;
}

/** Answers GET and HEAD with a file where there is one, and goes on where there is none. */
export function staticFiles(root: string, options: StaticOptions = {}): MiddlewareHandler {
  const folder = normalize(resolve(root));
  const index = options.index === false ? null : String(options.index || 'index.html');
  const age = Math.trunc(Number(options.maxage || options.maxAge || 0) / 1000);
  const caching = `max-age=${age}${options.immutable ? ',immutable' : ''}`;
  return async function staticFiles(c, next) {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const { pathname } = new URL(c.req.url);
    const path = inside(folder, index !== null && pathname.endsWith('/') ? pathname + index : pathname);
    if (
      !options.hidden &&
      path
        .slice(folder.length)
        .split(sep)
        .some((part) => part.startsWith('.'))
    )
      return next();
    const found = await fileAt(c, path, index, options);
    return found === null ? next() : send(c, found, caching);
  };
}

/** The file that a path names, which may not lead out of the folder. */
function inside(folder: string, pathname: string): string {
  let path: string;
  try {
    path = decodeURIComponent(pathname.slice(1));
  } catch {
    throw createError(400, 'failed to decode');
  }
  if (path.includes('\0') || /^(?:[\\/]|[a-z]:)/i.test(path)) throw createError(400, 'Malicious Path');
  if (/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(normalize(`.${sep}${path}`))) throw createError(403);
  return normalize(join(folder, path));
}

interface Found {
  path: string;
  coding: string;
  size: number;
  changed: Date;
  type: string;
}

async function fileAt(
  c: Context,
  path: string,
  index: string | null,
  options: StaticOptions,
): Promise<Found | null> {
  for (const [coding, ending, isOn] of [
    ['br', '.br', options.brotli],
    ['gzip', '.gz', options.gzip],
  ] as const) {
    const taken = isOn !== false && takes(c.req.header('Accept-Encoding'), coding);
    const packed = taken ? await statOf(path + ending) : null;
    if (packed?.isFile()) return found(path + ending, coding, packed, path);
  }
  const plain = await statOf(path);
  if (plain === null) return null;
  if (!plain.isDirectory()) return found(path, '', plain, path);
  if (options.format === false || index === null) return null;
  const inner = join(path, index);
  const page = await statOf(inner);
  return page === null ? null : found(inner, '', page, inner);
}

const found = (
  path: string,
  coding: string,
  { size, mtime }: { size: number; mtime: Date },
  named: string,
): Found => ({
  ...{ path, coding, size, changed: mtime },
  type: contentType(extname(named)) || 'application/octet-stream',
});

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (/^(?:ENOENT|ENAMETOOLONG|ENOTDIR)$/.test(String((error as { code?: string }).code))) return null;
    throw error;
  }
}

/** Whether a client takes a coding. */
const takes = (accepted: string | undefined, coding: string): boolean =>
  (accepted ?? '').split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    return (name === coding || name === '*') && !parameters.some((each) => /^q=0(?:\.0*)?$/.test(each));
  });

function send(c: Context, { path, coding, size, changed, type }: Found, caching: string): Response {
  const { headers } = c.res;
  if (coding !== '') c.header('Content-Encoding', coding);
  c.header('Content-Length', String(size));
  if (!headers.has('Last-Modified')) c.header('Last-Modified', changed.toUTCString());
  if (!headers.has('Cache-Control')) c.header('Cache-Control', caching);
  c.header('Content-Type', type);
  return c.req.method === 'HEAD' ? c.body(null) : c.body(toWebStream(createReadStream(path)));
}
