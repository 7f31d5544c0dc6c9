/**
 * Reads the body of a request once, before the handlers, as koa-bodyparser does: JSON objects, forms and, where it is asked
 * to, texts; others are an empty object. `c.get('body')` is what it read.
 */
import type { MiddlewareHandler } from 'hono';
import createError from 'http-errors';
import { parse } from 'qs';

interface Options {
  enableTypes?: readonly string[];
  jsonLimit?: string;
  formLimit?: string;
  textLimit?: string;
}

const KINDS: [kind: string, types: RegExp][] = [
  ['json', /^application\/(?:json|json-patch\+json|vnd\.api\+json|csp-report|[\w.-]+\+json)$/],
  ['form', /^application\/x-www-form-urlencoded$/],
  ['text', /^text\/plain$/],
];

const UNITS: Record<string, number> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

function bytes(limit: string): number {
  const [, count, unit] = /^([\d.]+)(\w+)$/.exec(limit.toLowerCase()) ?? [];
  return Math.floor(Number(count) * (UNITS[unit ?? 'b'] ?? 1));
}

/** Reads bodies of the kinds asked for, up to their limits. */
export function parseBody({
  enableTypes = ['json', 'form'],
  jsonLimit = '1mb',
  formLimit = '56kb',
  textLimit = '1mb',
}: Options = {}): MiddlewareHandler {
  const limits: Record<string, number> = {
    json: bytes(jsonLimit),
    form: bytes(formLimit),
    text: bytes(textLimit),
  };
  return async (c, next) => {
    const type = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const hasBody =
      c.req.header('Transfer-Encoding') !== undefined ||
      !Number.isNaN(Number.parseInt(c.req.header('Content-Length') ?? '', 10));
    const kind = KINDS.find(([name, types]) => enableTypes.includes(name) && types.test(type))?.[0];
    c.set(
      'body',
      hasBody && kind !== undefined ? read(kind, await received(c.req.raw, limits[kind] ?? 0)) : {},
    );
    await next();
  };
}

async function received(request: Request, limit: number): Promise<string> {
  const announced = Number(request.headers.get('Content-Length') ?? 0);
  if (announced > limit)
    throw createError(413, 'request entity too large', {
      expected: announced,
      length: announced,
      limit,
      type: 'entity.too.large',
    });
  const body = await request.arrayBuffer();
  if (body.byteLength > limit)
    throw createError(413, 'request entity too large', {
      limit,
      received: body.byteLength,
      type: 'entity.too.large',
    });
  return new TextDecoder().decode(body);
}

function read(kind: string, text: string): unknown {
  if (kind === 'text') return text;
  if (kind === 'form') return parse(text);
  if (text === '') return {};
  if (!/^[\x20\x09\x0a\x0d]*[[{]/.test(text))
    throw Object.assign(new Error('invalid JSON, only supports object and array'), {
      status: 400,
      body: text,
    });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw Object.assign(error as Error, { status: 400, body: text });
  }
}
