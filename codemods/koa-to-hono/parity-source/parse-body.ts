/**
 * Reads the body of a request once, before the handlers, as koa-bodyparser does: JSON objects, forms and, where it is asked
 * to, texts; others are an empty object. `c.get('body')` is what it read.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { bytes, hasBody, readBody } from './read-body.ts';

interface Options {
  enableTypes?: readonly string[];
  /** Types of JSON that came later are none, and an object may have a name `__proto__`. */
  older?: boolean;
  jsonLimit?: string;
  formLimit?: string;
  textLimit?: string;
  /** Is told of a body that cannot be read, in place of the answer to it. */
  onerror?: (error: unknown, c: Context) => unknown;
}

const KINDS: [kind: string, types: RegExp][] = [
  ['json', /^application\/(?:json|json-patch\+json|vnd\.api\+json|csp-report|reports\+json|scim\+json)$/],
  ['form', /^application\/x-www-form-urlencoded$/],
  ['text', /^text\/plain$/],
];

/** Reads bodies of the kinds asked for, up to their limits. */
export function parseBody({
  enableTypes = ['json', 'form'],
  jsonLimit = '1mb',
  formLimit = '56kb',
  textLimit = '1mb',
  older = false,
  onerror,
}: Options = {}): MiddlewareHandler {
  const limits: Record<string, number> = {
    json: bytes(jsonLimit),
    form: bytes(formLimit),
    text: bytes(textLimit),
  };
  return async (c, next) => {
    const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const isLater = older && /^application\/(?:reports|scim)\+json$/.test(type);
    const kind = KINDS.find(
      ([name, types]) => enableTypes.includes(name) && types.test(type) && !isLater,
    )?.[0];
    const isRead = kind !== undefined && hasBody(c.req.raw);
    try {
      c.set('body', isRead ? await readBody(c.req.raw, kind, limits[kind] ?? 0, older) : {});
    } catch (error) {
      if (onerror === undefined) throw error;
      onerror(error, c);
    }
    await next();
  };
}
