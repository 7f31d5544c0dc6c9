import { Buffer } from 'node:buffer';
import { parse as parseFlat } from 'node:querystring';
import type { Context, MiddlewareHandler } from 'hono';
import { parse as parseNested } from 'qs';
import { unparsedBody } from '../express4/body-rules.ts';

interface BodyOptions {
  /** Content-Type of the bodies it takes. */
  type?: RegExp;
  /** Most bytes that are read. */
  limit?: number;
}

/** `express.json()`: the body is in `c.get('body')`; what is no JSON is 400, what is too large 413. */
export function jsonBody({ type = /^application\/json *(;|$)/, limit }: BodyOptions = {}): MiddlewareHandler {
  return bodyParser(type, limit, (bytes, charset) => {
    const text = textOf(bytes, charset);
    const first = /^\s*([^\s[{])/.exec(text)?.[1];
    try {
      if (first) throw new SyntaxError(`Unexpected token '${first}', "${text}" is not valid JSON`);
      return text === '' ? {} : JSON.parse(text);
    } catch (error) {
      throw Object.assign(refused(400, 'entity.parse.failed', error as Error), { body: text });
    }
  });
}

/** `express.urlencoded({ extended: false })`: the form is in `c.get('body')`, a repeated field as a list. */
export function formBody({ type = FORM, limit }: BodyOptions = {}): MiddlewareHandler {
  return bodyParser(type, limit, (bytes, charset) => parseFlat(fewFields(textOf(bytes, charset))));
}

/** `express.urlencoded()`: the form is in `c.get('body')`, `a[b]=1` as an object. */
export function nestedFormBody({ type = FORM, limit }: BodyOptions = {}): MiddlewareHandler {
  const options = { allowPrototypes: true, arrayLimit: 1000, depth: 32 };
  return bodyParser(type, limit, (bytes, charset) => parseNested(fewFields(textOf(bytes, charset)), options));
}

/** `express.text()`: the text is in `c.get('body')`. */
export function textBody({ type = /^text\/plain *(;|$)/, limit }: BodyOptions = {}): MiddlewareHandler {
  return bodyParser(type, limit, (bytes, charset) => new TextDecoder(charset as 'utf-8').decode(bytes));
}

/** `express.raw()`: the bytes are in `c.get('body')`. */
export function rawBody({
  type = /^application\/octet-stream *(;|$)/,
  limit,
}: BodyOptions = {}): MiddlewareHandler {
  return bodyParser(type, limit, (bytes) => bytes);
}

const FORM = /^application\/x-www-form-urlencoded *(;|$)/;

function bodyParser(
  type: RegExp,
  limit = 100 * 1024,
  parse: (bytes: Buffer, charset: string) => unknown,
): MiddlewareHandler {
  return async (c, next) => {
    const sent = c.req.header('content-type')?.toLowerCase() ?? '';
    const length = () => c.req.header('content-length') ?? c.req.header('transfer-encoding');
    if (type.test(sent) && length() !== undefined && !c.get('bodyIsRead')) {
      c.set('bodyIsRead', true);
      c.set('body', parse(await readBody(c, limit), /charset="?([\w-]+)/.exec(sent)?.[1] ?? 'utf-8'));
    } else c.set('body', c.get('body') ?? unparsedBody());
    return next();
  };
}

async function readBody(c: Context, limit: number): Promise<Buffer> {
  const encoding = c.req.header('content-encoding')?.toLowerCase() ?? 'identity';
  if (!/^(identity|gzip|deflate)$/.test(encoding))
    throw refused(415, 'encoding.unsupported', `unsupported content encoding "${encoding}"`);
  const isPlain = encoding === 'identity';
  const isWhole = isPlain && Number(c.req.header('content-length')) <= limit;
  const sent = isWhole ? null : c.req.raw.body;
  if (sent === null) return Buffer.from(await c.req.arrayBuffer());
  const read = isPlain ? sent : sent.pipeThrough(new DecompressionStream(encoding as 'gzip'));
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of read as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit) throw refused(413, 'entity.too.large', 'request entity too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function fewFields(text: string): string {
  if (text.split('&').length > 1000) throw refused(413, 'parameters.too.many', 'too many parameters');
  return text;
}

const UTF8 = new TextDecoder();

function textOf(bytes: Buffer, charset: string): string {
  if (charset !== 'utf-8')
    throw refused(415, 'charset.unsupported', `unsupported charset "${charset.toUpperCase()}"`);
  return UTF8.decode(bytes);
}

/** An error of the client's: error handlers read `status`, and `type` tells which one it is. */
function refused(status: number, type: string, cause: string | Error): Error {
  const error = typeof cause === 'string' ? new Error(cause) : cause;
  return Object.assign(error, { status, statusCode: status, expose: true, type });
}
