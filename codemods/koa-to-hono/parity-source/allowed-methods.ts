/** Answers for paths that have routes, but none for the method, as Koa's router does: 405, 501, and a list of methods for OPTIONS. */
import type { Hono, MiddlewareHandler } from 'hono';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';

const IMPLEMENTED = ['HEAD', 'OPTIONS', 'GET', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** Asks an application's routes which methods a path has. */
export function allowedMethods(app: Pick<Hono, 'routes'>): MiddlewareHandler {
  let routes: SmartRouter<string> | undefined;
  return async (c, next) => {
    await next();
    if (c.res.status !== 404) return;
    if (routes === undefined) {
      routes = new SmartRouter<string>({ routers: [new RegExpRouter(), new TrieRouter()] });
      for (const { method, path } of app.routes) if (method !== 'ALL') routes.add('ALL', path, method);
    }
    const path = c.req.path;
    const found = new Set(routes.match('ALL', path)[0].map(([method]) => method as unknown as string));
    if (found.has('GET')) found.add('HEAD');
    const allow = [...found].join(', ');
    if (!IMPLEMENTED.includes(c.req.method))
      c.res = new Response('Not Implemented', { status: 501, headers: { Allow: allow } });
    else if (found.size > 0 && c.req.method === 'OPTIONS')
      c.res = new Response('', {
        status: 200,
        headers: { Allow: allow, 'Content-Type': 'text/plain; charset=utf-8' },
      });
    else if (found.size > 0 && !found.has(c.req.method))
      c.res = new Response('Method Not Allowed', { status: 405, headers: { Allow: allow } });
  };
}
