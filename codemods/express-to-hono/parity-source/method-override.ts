import { METHODS } from 'node:http';
import { parse } from 'node:querystring';
import type { Context, MiddlewareHandler } from 'hono';
import { urlInMount } from './mount.ts';
import { rewriteMethod } from './rewrite.ts';
import { targetQuery } from './target.ts';
import { vary } from './vary.ts';

/** `method-override`: another method for a POST, named by a header (`X-…`) or a key of the query. */
export function overrideMethod(
  name = 'X-HTTP-Method-Override',
  options: { methods?: string[] | null } = {},
): MiddlewareHandler {
  const { methods = ['POST'] } = options;
  return function overrideMethod(c, next) {
    const original: string = c.get('originalMethod') || c.req.method;
    c.set('originalMethod', original);
    const wanted = methods?.includes(original) === false ? undefined : wantedMethod(c, name);
    if (wanted && METHODS.includes(wanted.toUpperCase())) rewriteMethod(c, wanted.toUpperCase());
    return next();
  };
}

function wantedMethod(c: Context, name: string): string | undefined {
  if (isHeader(name)) vary(c, name);
  return named({ target: urlInMount(c), header: (asked) => c.req.header(asked) }, name);
}

/** What `method-override` asks of a request. */
export interface Named {
  target: string;
  header: (name: string) => string | undefined;
}

const isHeader = (name: string) => /^x-/i.test(name);

function named({ target, header }: Named, name: string): string | undefined {
  if (isHeader(name)) return header(name)?.split(',')[0]?.trim();
  return [parse(targetQuery(target) ?? '')[name]].flat()[0];
}

/** The method that a POST is routed by, where a header or a key of the query may name another: the last one that does. */
export function methodNamed(...names: string[]): (request: Named & { method: string }) => string {
  return ({ method, ...request }) => {
    if (method !== 'POST') return method;
    const wanted = names.map((name) => named(request, name)?.toUpperCase() ?? '');
    return wanted.filter((each) => METHODS.includes(each)).pop() ?? method;
  };
}
