import type { Context } from 'hono';

/** `res.locals`: what the views and the later handlers of one request share. */
// biome-ignore lint/suspicious/noExplicitAny: typed as in Express
export function locals(c: Context): Record<string, any> {
  if (c.get('locals') === undefined) c.set('locals', {});
  return c.get('locals');
}

/** Where Express runs the handler, they are those of its response. */
export function handLocals(c: Context, given: Record<string, unknown>): void {
  c.set('locals', given);
}
