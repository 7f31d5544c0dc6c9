import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';
import type { RawHeaders } from '../../model/exchange.ts';

/** Decoding stops here: a body that grows further is not looked into, and so not kept. */
const MAX_DECODED = 64 * 1024 * 1024;

const headerOf = (headers: RawHeaders, wanted: string): string =>
  headers
    .filter(([name]) => name.toLowerCase() === wanted)
    .map(([, value]) => value)
    .join(', ');

/**
 * Lets `replace` change a body's text, whatever its content coding. Untouched text gives back the very same bytes.
 *
 * @returns null when the bytes cannot be looked into: they must not be kept then
 */
export function rewriteBody(
  bytes: Buffer,
  headers: RawHeaders,
  replace: (text: string, mediaType: string) => string,
): Buffer | null {
  if (bytes.length === 0) return bytes;
  const media = headerOf(headers, 'content-type');
  if (/charset\s*=\s*"?(utf-?16|utf-?32|ucs-?2)/i.test(media)) return null;
  const codings = headerOf(headers, 'content-encoding')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  let plain: Buffer = bytes;
  for (const coding of [...codings].reverse()) {
    const decoded = decode(plain, coding);
    if (!decoded) return null;
    plain = decoded;
  }
  // Latin-1 keeps every byte a character where the bytes are no UTF-8.
  const utf8 = plain.toString('utf8');
  const encoding = Buffer.from(utf8, 'utf8').equals(plain) ? 'utf8' : 'latin1';
  const before = encoding === 'utf8' ? utf8 : plain.toString('latin1');
  const after = replace(before, media);
  if (after === before) return bytes;
  return codings.reduce<Buffer>((body, coding) => encode(body, coding), Buffer.from(after, encoding));
}

function decode(bytes: Buffer, coding: string): Buffer | null {
  const options = { maxOutputLength: MAX_DECODED };
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(bytes, options);
    if (coding === 'br') return brotliDecompressSync(bytes, options);
    if (coding !== 'deflate') return null;
    // "deflate" is zlib by RFC 9110 §8.4.1.2, and raw deflate from some servers.
    return (bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
  } catch {
    return null;
  }
}

function encode(bytes: Buffer, coding: string): Buffer {
  if (coding === 'br') return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return coding === 'deflate' ? deflateSync(bytes) : gzipSync(bytes);
}
