import type { Buffer } from 'node:buffer';
import { parse as parseFlat } from 'node:querystring';
import type { MiddlewareHandler } from 'hono';
import { parse as parseNested } from 'qs';
import { bodyParser } from './body-parser.ts';
import { httpError } from './http-error.ts';

/** Content-Type of the bodies that are taken, and the most bytes that are read. */
type BodyOptions = { type?: RegExp; limit?: number };

/** `express.json()`: the body is in `c.get('body')`; what is no JSON is 400, what is too large 413. */
export function jsonBody({ type = /^application\/json *(;|$)/, limit }: BodyOptions = {}): MiddlewareHandler {
  return bodyParser(type, limit, (bytes, charset) => {
    const text = textOf(bytes, charset);
    const first = /^\s*([^\s[{])/.exec(text)?.[1];
    try {
      if (first) throw new SyntaxError(`Unexpected token '${first}', "${text}" is not valid JSON`);
      return text === '' ? {} : JSON.parse(text);
    } catch (error) {
      throw httpError(400, error as Error, { type: 'entity.parse.failed', body: text });
    }
  });
}

/** `express.urlencoded({ extended: false })`: the form is in `c.get('body')`, a repeated field as a list. */
export function formBody({ type = FORM, limit }: BodyOptions = {}): MiddlewareHandler {
  return bodyParser(type, limit, (bytes, charset) => parseFlat(fieldsOf(bytes, charset)));
}

/** `express.urlencoded()`: the form is in `c.get('body')`, `a[b]=1` as an object. */
export function nestedFormBody({ type = FORM, limit }: BodyOptions = {}): MiddlewareHandler {
  const options = { allowPrototypes: true, arrayLimit: 1000, depth: 32 };
  return bodyParser(type, limit, (bytes, charset) => parseNested(fieldsOf(bytes, charset), options));
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

/** The fields of a form, as far as they are not too many. */
function fieldsOf(bytes: Buffer, charset: string): string {
  const text = textOf(bytes, charset);
  if (text.split('&').length > 1000)
    throw httpError(413, 'too many parameters', { type: 'parameters.too.many' });
  return text;
}

const FORM = /^application\/x-www-form-urlencoded *(;|$)/;
const UTF8 = new TextDecoder();

function textOf(bytes: Buffer, charset: string): string {
  if (charset === 'utf-8') return UTF8.decode(bytes);
  throw httpError(415, `unsupported charset "${charset.toUpperCase()}"`, { type: 'charset.unsupported' });
}
