/**
 * Reads the body of a request once, before the handlers, as koa-body does: JSON, forms and texts of POST, PUT and PATCH.
 * `c.get('body')` is what it read.
 */
import type { MiddlewareHandler } from 'hono';
import { bytes, hasBody, readBody } from './read-body.ts';

interface Options {
  json?: boolean;
  urlencoded?: boolean;
  text?: boolean;
  jsonLimit?: string | number;
  formLimit?: string | number;
  textLimit?: string | number;
  parsedMethods?: readonly string[];
  /** What a request has whose body is not read. */
  otherwise?: object;
}

const JSON_TYPES = /^application\/(?:json|json-patch\+json|vnd\.api\+json|csp-report)$/;

/** Reads bodies of the kinds asked for, up to their limits. */
export function parseSent({
  json = true,
  urlencoded = true,
  text = true,
  jsonLimit = '1mb',
  formLimit = '56kb',
  textLimit = '56kb',
  parsedMethods = ['POST', 'PUT', 'PATCH'],
  otherwise,
}: Options = {}): MiddlewareHandler {
  const methods = parsedMethods.map((method) => method.toUpperCase());
  return async (c, next) => {
    const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const isSent = methods.includes(c.req.method) && hasBody(c.req.raw);
    if (isSent && json && JSON_TYPES.test(type))
      c.set('body', await readBody(c.req.raw, 'json', bytes(jsonLimit)));
    else if (isSent && urlencoded && type === 'application/x-www-form-urlencoded')
      c.set('body', await readBody(c.req.raw, 'form', bytes(formLimit)));
    else if (isSent && text && type.startsWith('text/'))
      c.set('body', await readBody(c.req.raw, 'text', bytes(textLimit)));
    else c.set('body', otherwise);
    await next();
  };
}
