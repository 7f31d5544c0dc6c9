/** The parameters of a path as one object. */
import type { Context } from 'hono';
import { routePath } from 'hono/route';

/** In the order in which the path names them: Hono's own depends on the router that found the route. */
export function paramsOf(c: Context): Record<string, string> {
  const params = c.req.param() as Record<string, string>;
  const named = [...routePath(c).matchAll(/:(\w+)/g)].map(([, name]) => name as string);
  const first = named.filter((name) => name in params).map((name) => [name, params[name] as string]);
  return { ...Object.fromEntries(first), ...params };
}
