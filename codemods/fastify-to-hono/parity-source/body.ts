// Bodies: JSON and text, as long as the route allows. Every other type is not supported.

import { httpError } from './errors.ts';
import { invalidJson } from './malformed.ts';
import { unsupported } from './media.ts';
import { isRead } from './rules.ts';
import type { AppContext, Route } from './types.ts';

/**
 * The body of a request, by its type; undefined where it has none.
 *
 * @throws Error with the status that Fastify gives: 400 for JSON that is none, 413, 415
 */
export async function body(c: AppContext, { bodyLimit, parsers }: Route): Promise<unknown> {
  const type = c.req.header('content-type');
  const length = c.req.header('content-length');
  const isChunked = c.req.header('transfer-encoding') !== undefined;
  const isEmpty = !isChunked && (length === undefined || length === '0');
  const hasLength = isChunked || length !== undefined;
  if (!isRead(c.req.method, { hasType: type !== undefined, isEmpty, hasLength })) return undefined;
  const media = (type ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const own = parsers.find(({ types }) => types.some((each) => isOf(each, media, type ?? '')));
  if (own !== undefined) {
    const bytes = await bytesOf(c.req.raw, Number(length ?? 0), own.bodyLimit ?? bodyLimit);
    return own.parse(c, own.parseAs === 'buffer' ? Buffer.from(bytes) : textIn(bytes));
  }
  if (media !== 'application/json' && media !== 'text/plain') {
    if (c.get('route').prefix !== undefined) return undefined;
    throw unsupported(type ?? '');
  }
  const text = textIn(await bytesOf(c.req.raw, Number(length ?? 0), bodyLimit));
  if (media === 'text/plain') return text;
  if (text === '')
    throw httpError(
      400,
      'FST_ERR_CTP_EMPTY_JSON_BODY',
      "Body cannot be empty when content-type is set to 'application/json'",
    );
  try {
    return plain(JSON.parse(text));
  } catch (error) {
    throw invalidJson(error as Error, text);
  }
}

/** Whether a parser is for a type: `*` is for each. */
const isOf = (wanted: string | RegExp, media: string, type: string): boolean =>
  typeof wanted === 'string' ? wanted === '*' || wanted === media || wanted === type : wanted.test(type);

const textIn = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(/^\uFEFF/, '');

async function bytesOf(request: Request, announced: number, most: number): Promise<Uint8Array> {
  const tooLarge = () =>
    httpError(413, 'FST_ERR_CTP_BODY_TOO_LARGE', 'Request body is too large', RangeError);
  if (announced > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (const reader = request.body?.getReader(); reader !== undefined; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) throw tooLarge();
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** @throws SyntaxError for members that could change what objects inherit */
function plain(value: unknown): unknown {
  const pending = [value];
  for (let next = pending.pop(); pending.length > 0 || next !== undefined; next = pending.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const poisoned = (next as { constructor?: unknown }).constructor as { prototype?: unknown } | undefined;
    const hasOwn = (name: string) => Object.hasOwn(next as object, name);
    if (
      hasOwn('__proto__') ||
      (hasOwn('constructor') && typeof poisoned === 'object' && Object.hasOwn(poisoned, 'prototype'))
    )
      throw new SyntaxError('Object contains forbidden prototype property');
    pending.push(...Object.values(next));
  }
  return value;
}
