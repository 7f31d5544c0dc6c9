/** Answers for paths that have routes, but none for the method, as Koa's router does: 405, 501, and a list of methods for OPTIONS. */
import type { Hono, MiddlewareHandler } from 'hono';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';

const IMPLEMENTED = ['HEAD', 'OPTIONS', 'GET', 'PUT', 'PATCH', 'POST', 'DELETE'];

interface Verdict {
  status: number;
  allow: string;
}

/** What a router of Koa's says of a request that no route has answered; null where it says nothing. */
export function askMethods(app: Pick<Hono, 'routes'>): (method: string, path: string) => Verdict | null {
  let routes: SmartRouter<string> | undefined;
  return (method, path) => {
    if (routes === undefined) {
      routes = new SmartRouter<string>({ routers: [new RegExpRouter(), new TrieRouter()] });
      for (const route of app.routes) if (route.method !== 'ALL') routes.add('ALL', route.path, route.method);
    }
    const found = new Set<string>();
    for (const [name] of routes.match('ALL', path)[0]) {
      if (String(name) === 'GET') found.add('HEAD');
      found.add(String(name));
    }
    const allow = [...found].join(', ');
    if (!IMPLEMENTED.includes(method)) return { status: 501, allow };
    if (found.size === 0) return null;
    if (method === 'OPTIONS') return { status: 200, allow };
    return found.has(method) ? null : { status: 405, allow };
  };
}

/** Asks an application's routes which methods a path has. */
export function allowedMethods(app: Pick<Hono, 'routes'>): MiddlewareHandler {
  const ask = askMethods(app);
  return async (c, next) => {
    await next();
    const verdict = c.res.status === 404 ? ask(c.req.method, c.req.path) : null;
    if (verdict === null) return;
    const { status, allow } = verdict;
    const text = status === 200 ? '' : status === 405 ? 'Method Not Allowed' : 'Not Implemented';
    c.res = new Response(text, {
      status,
      headers: { Allow: allow, 'Content-Type': 'text/plain; charset=utf-8' },
    });
  };
}
