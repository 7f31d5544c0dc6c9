/** The same answers for paths that have routes but none for the method, as middleware of Koa: others read what it says. */
import type { Hono, MiddlewareHandler } from 'hono';
import { askMethods } from './allowed-methods.ts';
import { inKoa } from './in-koa.ts';

/** Asks an application's routes which methods a path has. */
export function methodsInKoa(app: Pick<Hono, 'routes'>): MiddlewareHandler {
  const ask = askMethods(app);
  return inKoa(async (ctx, next) => {
    await next();
    const verdict = ctx.status === 404 ? ask(ctx.method, ctx.path.replace(/(.)\/$/, '$1')) : null;
    if (verdict === null) return;
    ctx.status = verdict.status;
    if (verdict.status === 200) ctx.body = '';
    ctx.set('Allow', verdict.allow);
  });
}
