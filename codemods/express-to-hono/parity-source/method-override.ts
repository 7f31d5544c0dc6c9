import { METHODS } from 'node:http';
import { parse } from 'node:querystring';
import type { Context, MiddlewareHandler } from 'hono';
import { urlInMount } from './mount.ts';
import { rewriteMethod } from './rewrite.ts';
import { targetQuery } from './target.ts';
import { vary } from './vary.ts';

/** `method-override`: another method for a POST, named by a header (`X-…`) or a key of the query. */
export function methodOverride(
  name = 'X-HTTP-Method-Override',
  options: { methods?: string[] | null } = {},
): MiddlewareHandler {
  const { methods = ['POST'] } = options;
  return async function methodOverride(c, next) {
    const original: string = c.get('originalMethod') || c.req.method;
    c.set('originalMethod', original);
    const wanted = methods?.includes(original) === false ? undefined : wantedMethod(c, name);
    if (wanted && METHODS.includes(wanted.toUpperCase())) rewriteMethod(c, wanted.toUpperCase());
    await next();
  };
}

function wantedMethod(c: Context, name: string): string | undefined {
  if (!/^x-/i.test(name)) return [parse(targetQuery(urlInMount(c)) ?? '')[name]].flat()[0];
  vary(c, name);
  return c.req.header(name)?.split(',')[0]?.trim();
}
