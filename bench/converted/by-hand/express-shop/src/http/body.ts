import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env } from '../env.ts';
import { HttpError } from './errors.ts';

const INFLATE: Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const badRequest = (status: number, message = 'bad request') => new HttpError(status, 'bad_request', message);
const tooLarge = () => {
  throw badRequest(413, 'request body too large');
};

/**
 * Parses JSON and form bodies before the handlers, which find them as `c.get('body')`. Bodies may come compressed. Goes
 * when every handler reads `c.req.json()` itself.
 *
 * @param limits most bytes of each kind, after decompression
 */
export function parsedBody(limits: { json: number; form: number }): MiddlewareHandler<Env> {
  const readJson = reader(limits.json);
  const readForm = reader(limits.form);
  return async function parsedBody(c, next) {
    const type = mediaType(c);
    if (type === 'application/json') c.set('body', parseJson((await readJson(c)).toString()));
    if (type === 'application/x-www-form-urlencoded')
      c.set('body', fields(new URLSearchParams((await readForm(c)).toString())));
    await next();
  };
}

/**
 * Reads one body, decompressed, or fails with 413 over the limit and 415 for a coding that is not known. `bodyLimit`
 * counts a body that does not say its length, and refuses one that is too long. For the others its look at
 * `c.req.raw.body` would cost half of the requests a second on Node.
 */
export function reader(maxSize: number): (c: Context) => Promise<Buffer> {
  const limited = bodyLimit({ maxSize, onError: tooLarge });
  return async (c) => {
    let bytes = Buffer.alloc(0);
    const readAll = async () => {
      bytes = Buffer.from(await c.req.arrayBuffer());
    };
    const isKnown = c.req.header('Transfer-Encoding') === undefined;
    if (isKnown && Number(c.req.header('Content-Length') ?? 0) <= maxSize) await readAll();
    else await limited(c, readAll);
    const encoding = (c.req.header('Content-Encoding') ?? 'identity').toLowerCase();
    if (encoding === 'identity') return bytes;
    const decompress = INFLATE[encoding];
    if (decompress === undefined) throw badRequest(415);
    try {
      return await decompress(bytes, { maxOutputLength: maxSize });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') tooLarge();
      throw badRequest(400);
    }
  };
}

/** The type of the body without its parameters, in lower case. */
export const mediaType = (c: Context): string =>
  (c.req.header('Content-Type') ?? '').split(';', 1).join().trim().toLowerCase();

/** Objects and lists only, as before; an empty body is an empty object. */
function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {}
  throw badRequest(400, 'invalid JSON');
}

/** Fields of a query or form; one that comes several times is a list. */
export function fields(params: URLSearchParams): Record<string, string | string[]> {
  const all = [...new Set(params.keys())].map((name) => {
    const values = params.getAll(name);
    return [name, values.length > 1 ? values : (values[0] ?? '')] as const;
  });
  return Object.fromEntries(all);
}
