import { Buffer } from 'node:buffer';
import { pipeline, type Readable } from 'node:stream';
import bytes from 'bytes';
import contentType from 'content-type';
import type { Context, MiddlewareHandler } from 'hono';
import createError from 'http-errors';
import typeis from 'type-is';
import { decompressors, isFormCharset, parseForm, unparsedBody } from './express4/body-rules.ts';
import type { FormReading } from './forms.ts';
import { asPassing } from './passing.ts';
import { requestHeader } from './request-head.ts';
import { stateOf } from './request-state.ts';
import { requestStream } from './request-stream.ts';

export interface BodyOptions {
  /** Largest body read, after decompression: `'100kb'` unless given; a number is bytes. */
  limit?: number | string | null;
  /** Whether compressed bodies are read. */
  inflate?: boolean;
  /** Content types this parser takes. */
  // biome-ignore lint/suspicious/noExplicitAny: any environment will do
  type?: string | string[] | ((c: Context<any>) => unknown);
  /** Throws to refuse a body, given its bytes. A method, so that it may ask for a context of the application's own. */
  // biome-ignore lint/suspicious/noExplicitAny: any environment will do
  verify?(c: Context<any>, body: Buffer, encoding: string): void;
  version?: 4 | 5;
}

export interface JsonOptions extends BodyOptions {
  strict?: boolean;
  reviver?: (this: unknown, key: string, value: unknown) => unknown;
}

export type FormOptions = BodyOptions & FormReading;

interface BodyParser {
  type: string;
  /** The charset to decode with, null for bytes; throws 415 for one the parser does not take. */
  charset: (declared: string | undefined) => string | null;
  parse: (body: string | Buffer, charset: string) => unknown;
}

/** `express.json()`: the body is in `c.get('body')`, and a bad one throws body-parser's own errors. */
export function jsonBody(options: JsonOptions = {}): MiddlewareHandler {
  return parserWith(options, {
    type: 'application/json',
    charset: (declared = 'utf-8') => (declared.startsWith('utf-') ? declared : refuseCharset(declared)),
    parse: (body) => parseJson(String(body), options),
  });
}

/** `express.urlencoded()`: the form is in `c.get('body')`. */
export function urlencodedBody(options: FormOptions = {}): MiddlewareHandler {
  const parameterLimit = Math.trunc(options.parameterLimit ?? 1000);
  return parserWith(options, {
    type: 'application/x-www-form-urlencoded',
    charset: (declared = 'utf-8') => (isFormCharset(declared) ? declared : refuseCharset(declared)),
    parse: (body, charset) => {
      const text = String(body);
      if (text.length === 0) return {};
      const count = text.split('&').length;
      if (count > parameterLimit)
        throw createError(413, 'too many parameters', { type: 'parameters.too.many' });
      return parseForm(text, options, { parameterLimit, count, charset });
    },
  });
}

/** `express.text()`: the text is in `c.get('body')`. */
export function textBody(options: BodyOptions & { defaultCharset?: string } = {}): MiddlewareHandler {
  return parserWith(options, {
    type: 'text/plain',
    charset: (declared = options.defaultCharset ?? 'utf-8') => declared,
    parse: (body) => body,
  });
}

/** `express.raw()`: the bytes are in `c.get('body')`, as a Buffer. */
export function rawBody(options: BodyOptions = {}): MiddlewareHandler {
  return parserWith(options, {
    type: 'application/octet-stream',
    charset: () => null,
    parse: (body) => body,
  });
}

function parserWith(options: BodyOptions, parser: BodyParser): MiddlewareHandler {
  const limit = bytes.parse(options.limit ?? '100kb');
  if (limit === null) throw new TypeError(`option limit "${options.limit}" is invalid`);
  const parse: MiddlewareHandler = async (c, next) => {
    const charset = parser.charset(declaredCharset(c));
    stateOf(c).isParsed = true;
    const decode = charset === null ? undefined : textDecoder(charset);
    const body = await readRequest(c, limit, options.inflate !== false);
    verifyBody(c, options, body, charset);
    c.set('body', parseBody(parser, decode ? decode(body) : body, charset ?? ''));
    return next();
  };
  return asPassing(function bodyParser(c, next) {
    if (stateOf(c).isParsed) return next();
    c.set('body', c.get('body') ?? unparsedBody());
    const isTaken = hasBody(c) && matchesType(c, options.type ?? parser.type);
    return isTaken ? parse(c, next) : next();
  });
}

function verifyBody(c: Context, options: BodyOptions, body: Buffer, charset: string | null): void {
  try {
    options.verify?.(c, body, charset as string);
  } catch (error) {
    throw createError(403, error as Error, {
      body,
      type: (error as { type?: string }).type || 'entity.verify.failed',
    });
  }
}

function parseBody(parser: BodyParser, content: string | Buffer, charset: string): unknown {
  try {
    return parser.parse(content, charset);
  } catch (error) {
    const { type } = error as { type?: string };
    throw createError(400, error as Error, { body: content, type: type || 'entity.parse.failed' });
  }
}

/** Reads the whole request even when it is too large, as Express does before it answers 413. */
function readRequest(c: Context, limit: number, inflate: boolean): Promise<Buffer> {
  const encoding = (requestHeader(c, 'content-encoding') || 'identity').toLowerCase();
  const stream = decompress(requestStream(c), encoding, inflate);
  const isPlain = encoding === 'identity';
  const announced = isPlain ? Number(requestHeader(c, 'content-length') ?? Number.NaN) : Number.NaN;
  const chunks: Buffer[] = [];
  let received = 0;
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      received += chunk.length;
      if (received <= limit) chunks.push(chunk);
      else if (!isPlain) {
        done();
        stream.destroy();
      }
    };
    const fail = (error: Error) => {
      leave();
      reject(createError(400, error));
    };
    const abort = () => fail(Object.assign(new Error('request aborted'), { type: 'request.aborted' }));
    const leave = () => {
      stream.off('data', take).off('end', done).off('close', abort);
    };
    const done = () => {
      leave();
      if (announced > limit) reject(tooLarge({ expected: announced, length: announced, limit }));
      else if (received > limit) reject(tooLarge({ limit, received }));
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    };
    if (stream.readableEnded) done();
    else if (stream.destroyed) abort();
    else stream.on('data', take).on('end', done).on('close', abort).on('error', fail);
  });
}

function tooLarge(details: Record<string, number>): Error {
  return createError(413, 'request entity too large', { ...details, type: 'entity.too.large' });
}

function decompress(source: Readable, encoding: string, inflate: boolean): Readable {
  if (encoding === 'identity') return source;
  if (!inflate)
    throw createError(415, 'content encoding unsupported', { encoding, type: 'encoding.unsupported' });
  if (!Object.keys(decompressors).includes(encoding)) {
    const message = `unsupported content encoding "${encoding}"`;
    throw createError(415, message, { encoding, type: 'encoding.unsupported' });
  }
  const stream = decompressors[encoding as keyof typeof decompressors]();
  pipeline(source, stream, () => {});
  return stream;
}

function matchesType(c: Context, type: string | string[] | ((c: Context) => unknown)): boolean {
  if (typeof type === 'function') return Boolean(type(c));
  return Boolean(typeis.is(requestHeader(c, 'content-type') ?? '', [type].flat()));
}

/** `typeis.hasBody`, without all headers of a request that has none. */
const hasBody = (c: Context): boolean =>
  requestHeader(c, 'transfer-encoding') !== undefined ||
  !Number.isNaN(Number(requestHeader(c, 'content-length') ?? Number.NaN));

function declaredCharset(c: Context): string | undefined {
  try {
    return (
      contentType.parse(requestHeader(c, 'content-type') ?? '').parameters.charset?.toLowerCase() || undefined
    );
  } catch {
    return undefined;
  }
}

function refuseCharset(charset: string): never {
  const message = `unsupported charset "${charset.toUpperCase()}"`;
  throw createError(415, message, { charset, type: 'charset.unsupported' });
}

function textDecoder(charset: string): (body: Buffer) => string {
  if (/^(iso-8859-1|latin1|us-ascii|ascii)$/.test(charset)) return (body) => body.toString('latin1');
  if (charset === 'utf-8') return (body) => body.toString().replace(/^\uFEFF/, '');
  try {
    const decoder = new TextDecoder(charset);
    return (body) => decoder.decode(body);
  } catch {
    return refuseCharset(charset);
  }
}

/** body-parser's strict mode takes objects and arrays only, and reports anything else as JSON.parse would. */
function parseJson(text: string, options: JsonOptions): unknown {
  if (text.length === 0) return {};
  const first = /^[ \t\n\r]*([^ \t\n\r])/.exec(text)?.[1];
  if (options.strict !== false && first !== '{' && first !== '[') throw strictSyntaxError(text, first ?? '');
  return JSON.parse(text, options.reviver);
}

/** The position in the message is that of the whole body, with the rest of it hidden from JSON.parse. */
function strictSyntaxError(text: string, first: string): Error {
  const index = first === '' ? -1 : text.indexOf(first);
  const masked = index === -1 ? '' : text.slice(0, index) + '#'.repeat(text.length - index);
  try {
    JSON.parse(masked);
    return new SyntaxError('strict violation');
  } catch (error) {
    const { message } = error as Error;
    return new SyntaxError(message.replace(/#+/g, (mask) => text.slice(index, index + mask.length)));
  }
}
