/** Reads the body of a request up to a limit, as the body parsers of Koa do: JSON objects and lists, forms, texts. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import createError from 'http-errors';
import { parse } from 'qs';

const UNITS: Record<string, number> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number of bytes, or `1mb`. */
export function bytes(limit: string | number): number {
  if (typeof limit === 'number') return limit;
  const [, count, unit] = /^([\d.]+)(\w+)$/.exec(limit.toLowerCase()) ?? [];
  return Math.floor(Number(count) * (UNITS[unit ?? 'b'] ?? 1));
}

/** Whether a request has a body, by what it says of itself. */
export const hasBody = ({ headers }: Request): boolean =>
  headers.has('Transfer-Encoding') || !Number.isNaN(Number.parseInt(headers.get('Content-Length') ?? '', 10));

/** What a body of a kind says. */
export async function readBody(
  request: Request,
  kind: string,
  limit: number,
  anyName = false,
): Promise<unknown> {
  const text = await received(request, limit);
  if (kind === 'text') return text;
  if (kind === 'form') return parse(text, { allowDots: true });
  if (text === '') return {};
  try {
    if (!/^[\x20\x09\x0a\x0d]*[[{]/.test(text))
      throw new SyntaxError('invalid JSON, only supports object and array');
    const isOdd = !anyName && /__proto__|\\u/.test(text);
    return JSON.parse(text, isOdd ? withoutPrototypes : undefined);
  } catch (error) {
    throw Object.assign(error as Error, { status: 400, body: text });
  }
}

function withoutPrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('Object contains forbidden prototype property');
  return value;
}

async function received(request: Request, limit: number): Promise<string> {
  const coding = (request.headers.get('Content-Encoding') ?? 'identity').toLowerCase();
  const announced = Number(request.headers.get('Content-Length') ?? 0);
  if (coding === 'identity' && announced > limit)
    throw tooLarge({ expected: announced, length: announced, limit });
  const body = await unpacked(request, coding, limit);
  if (body.byteLength > limit) throw tooLarge({ limit, received: body.byteLength });
  return new TextDecoder().decode(body);
}

const CODINGS = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };

/** The bytes of a body, which may be compressed. */
async function unpacked(request: Request, coding: string, limit: number): Promise<Uint8Array> {
  const body = new Uint8Array(await request.arrayBuffer());
  if (coding === 'identity') return body;
  const unpack = CODINGS[coding as 'gzip' | 'deflate' | 'br'];
  if (unpack === undefined)
    throw Object.assign(new Error(`Unsupported Content-Encoding: ${coding}`), { status: 415 });
  try {
    return await unpack(body, { maxOutputLength: limit });
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge({ limit }) : error;
  }
}

const tooLarge = (about: object): Error =>
  createError(413, 'request entity too large', { ...about, type: 'entity.too.large' });
