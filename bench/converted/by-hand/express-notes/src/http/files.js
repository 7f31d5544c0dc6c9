'use strict';

const { createReadStream } = require('node:fs');
const { readFile, stat } = require('node:fs/promises');
const path = require('node:path');
const { Readable } = require('node:stream');
const { getMimeType } = require('hono/utils/mime');
const { httpError } = require('../lib/errors');
const { isUnchanged } = require('./etag');

/** Files up to this size are read at once: faster than a stream, and the answer says its length on every runtime. */
const SMALL = 256 * 1024;

/**
 * Serves a folder with validators and ranges. None of the runtimes' own `serveStatic` answers conditional requests, and
 * those of Bun and Deno answer no ranges either: it goes when they do.
 *
 * @param root absolute
 * @param options `maxAge` in seconds
 */
function staticFiles(root, options) {
  return async function staticFiles(c, next) {
    const { pathname, search } = new URL(c.req.url);
    const file = fileOf(root, pathname);
    const found = file === null ? null : await stat(file).catch(() => null);
    if (found?.isDirectory() && !pathname.endsWith('/')) return c.redirect(`${pathname}/${search}`, 301);
    return found?.isFile() ? sendFile(c, file, options) : next();
  };
}

/** The file that a path names; null for one out of the folder, hidden, or malformed. */
function fileOf(root, pathname) {
  try {
    const segments = decodeURIComponent(pathname).split(/[\\/]/);
    if (segments.some((segment) => segment.startsWith('.') || segment.includes('\0'))) return null;
    return path.join(root, ...segments, pathname.endsWith('/') ? 'index.html' : '');
  } catch {
    return null;
  }
}

/**
 * Answers with a file, with a part of it, or with 304.
 *
 * @throws 404 where there is none, 412 and 416 where the request's conditions do not hold
 */
async function sendFile(c, file, { maxAge = 0, type } = {}) {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw httpError(404, 'no such file');
  const { size, mtime } = found;
  const modified = Math.floor(mtime / 1000) * 1000;
  const etag = `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
  c.header('Accept-Ranges', 'bytes');
  c.header('Cache-Control', `public, max-age=${maxAge}`);
  c.header('Last-Modified', mtime.toUTCString());
  c.header('ETag', etag);
  if (hasChanged(c, modified)) throw httpError(412, 'Precondition Failed');
  if (isUnchanged(c, etag, modified)) return c.body(null, 304);

  const range = rangeOf(c, { size, etag, modified });
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${size}`);
    throw httpError(416, 'Range Not Satisfiable');
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) c.header('Content-Range', `bytes ${start}-${end}/${size}`);
  c.header('Content-Type', type ?? getMimeType(file) ?? 'application/octet-stream');
  c.header('Content-Length', String(end - start + 1));
  const bytes = c.req.method === 'HEAD' ? null : await read(file, start, end, size);
  return c.body(bytes, range ? 206 : 200);
}

const read = async (file, start, end, size) =>
  size <= SMALL
    ? (await readFile(file)).subarray(start, end + 1)
    : Readable.toWeb(createReadStream(file, { start, end }));

/** `If-Match` names a strong tag, and ours are weak; `*` is any (RFC 9110, 13.1.1). */
function hasChanged(c, modified) {
  const wanted = c.req.header('If-Match');
  if (wanted !== undefined) return wanted !== '*';
  return modified > Date.parse(c.req.header('If-Unmodified-Since') ?? '');
}

/** The one range asked for; null for the whole file, which several ranges get as well (RFC 9110, 14.2). */
function rangeOf(c, { size, etag, modified }) {
  const condition = c.req.header('If-Range');
  if (condition && condition !== etag && !(modified <= Date.parse(condition))) return null;
  const asked = /^bytes=(\d*)-(\d*)$/.exec(c.req.header('Range') ?? '');
  if (asked === null || asked[0] === 'bytes=-') return null;
  const [, first, last] = asked;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}

module.exports = { staticFiles, sendFile };
