import type { Context } from 'hono';

/** `res.locals`: what the views and the later handlers of one request share. */
// biome-ignore lint/suspicious/noExplicitAny: typed as in Express
export function locals(c: Context): Record<string, any> {
  if (c.get('locals') === undefined) c.set('locals', {});
  return c.get('locals');
}

/** Another object in their place, as `res.locals = session` puts it there; Express's own where Express runs the handler. */
export function handLocals(c: Context, given: object | null | undefined): void {
  c.set('locals', given ?? null);
}
