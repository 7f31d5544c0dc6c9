'use strict';

const { promisify } = require('node:util');
const zlib = require('node:zlib');
const { bodyLimit } = require('hono/body-limit');
const { httpError } = require('../lib/errors');
const { fields } = require('./fields');

const INFLATE = {
  gzip: promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
};

const tooLarge = () => {
  throw httpError(413, 'request body too large');
};

/**
 * Parses JSON and form bodies before the handlers, which find them as `c.get('body')`; `{}` where there is neither.
 * Bodies may come compressed. Goes when every handler reads `c.req.json()` itself.
 *
 * @param limits most bytes of each kind, after decompression
 */
function parsedBody(limits) {
  const readers = {
    'application/json': reader(limits.json, parseJson),
    'application/x-www-form-urlencoded': reader(limits.form, (text) => fields(new URLSearchParams(text))),
  };
  return async function parsedBody(c, next) {
    const [type] = (c.req.header('Content-Type') ?? '').split(';');
    const read = readers[type.trim().toLowerCase()];
    c.set('body', read ? await read(c) : {});
    await next();
  };
}

/**
 * `bodyLimit` counts a body that does not say its length, and refuses one that is too long. For the others its look at
 * `c.req.raw.body` would cost half of the requests a second on Node.
 */
function reader(maxSize, parse) {
  const limited = bodyLimit({ maxSize, onError: tooLarge });
  return async (c) => {
    let bytes;
    const readAll = async () => {
      bytes = Buffer.from(await c.req.arrayBuffer());
    };
    const isKnown = c.req.header('Transfer-Encoding') === undefined;
    if (isKnown && Number(c.req.header('Content-Length') ?? 0) <= maxSize) await readAll();
    else await limited(c, readAll);
    const encoding = (c.req.header('Content-Encoding') ?? 'identity').toLowerCase();
    if (encoding !== 'identity') bytes = await inflate(encoding, bytes, maxSize);
    return bytes.length === 0 ? {} : parse(bytes.toString());
  };
}

async function inflate(encoding, bytes, maxOutputLength) {
  if (!Object.hasOwn(INFLATE, encoding)) throw httpError(415, 'unsupported content encoding');
  try {
    return await INFLATE[encoding](bytes, { maxOutputLength });
  } catch (err) {
    if (err.code === 'ERR_BUFFER_TOO_LARGE') tooLarge();
    throw httpError(400, err.message);
  }
}

/** Objects and lists only, as before. */
function parseJson(text) {
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {}
  throw httpError(400, 'invalid JSON');
}

module.exports = { parsedBody };
