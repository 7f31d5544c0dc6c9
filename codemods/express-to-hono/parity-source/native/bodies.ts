import type { Buffer } from 'node:buffer';
import { parse as parseFlat } from 'node:querystring';
import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { parse as parseNested } from 'qs';
import { needs } from '../needs.ts';
import { type BodyLimits, bodyParser } from './body-parser.ts';
import { httpError } from './http-error.ts';

/** `express.json()`: the body is in `c.get('body')`; what is no JSON is 400, what is too large 413. */
export function jsonBody(options: BodyLimits = {}): MiddlewareHandler {
  return bodyParser(options, /^application\/json *(;|$)/, (bytes, charset) => {
    const text = textOf(bytes, charset) || '{}';
    const first = /^\s*([^\s[{])/.exec(text)?.[1];
    try {
      if (first) throw new SyntaxError(`Unexpected token '${first}', "${text}" is not valid JSON`);
      return JSON.parse(text);
    } catch (error) {
      throw needs.errorHandler
        ? httpError(400, error as Error, { type: 'entity.parse.failed', body: text })
        : new HTTPException(400, { message: 'Bad Request' });
    }
  });
}

/** `express.urlencoded({ extended: false })`: the form is in `c.get('body')`, a repeated field as a list. */
export const formBody = (options: BodyLimits = {}): MiddlewareHandler =>
  bodyParser(options, FORM, (bytes, charset) => parseFlat(fieldsOf(bytes, charset)));

/** `express.urlencoded()`: the form is in `c.get('body')`, `a[b]=1` as an object. */
export function nestedFormBody(options: BodyLimits = {}): MiddlewareHandler {
  const rules = { allowPrototypes: true, arrayLimit: 1000, depth: 32 };
  return bodyParser(options, FORM, (bytes, charset) => parseNested(fieldsOf(bytes, charset), rules));
}

const FORM = /^application\/x-www-form-urlencoded *(;|$)/;

function fieldsOf(bytes: Buffer, charset: string): string {
  const text = textOf(bytes, charset);
  if (text.split('&').length <= 1000) return text;
  throw needs.errorHandler
    ? httpError(413, 'too many parameters', { type: 'parameters.too.many' })
    : new HTTPException(413, { message: 'Payload Too Large' });
}

/** `express.text()`: the text is in `c.get('body')`. */
export const textBody = (options: BodyLimits = {}): MiddlewareHandler =>
  bodyParser(options, /^text\/plain *(;|$)/, (bytes, charset) =>
    new TextDecoder(charset as 'utf-8').decode(bytes),
  );

/** `express.raw()`: the bytes are in `c.get('body')`. */
export const rawBody = (options: BodyLimits = {}): MiddlewareHandler =>
  bodyParser(options, /^application\/octet-stream *(;|$)/, (bytes) => bytes);

function textOf(bytes: Buffer, charset: string): string {
  if (charset === 'utf-8') return new TextDecoder().decode(bytes);
  throw needs.errorHandler
    ? httpError(415, `unsupported charset "${charset.toUpperCase()}"`, { type: 'charset.unsupported' })
    : new HTTPException(415, { message: 'Unsupported Media Type' });
}
