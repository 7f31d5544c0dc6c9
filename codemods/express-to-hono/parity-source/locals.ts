import type { Context } from 'hono';

const ofRequests = new WeakMap<Context, Record<string, unknown>>();

/** `res.locals`: what the views and the later handlers of one request share. */
// biome-ignore lint/suspicious/noExplicitAny: typed as in Express
export function locals(c: Context): Record<string, any> {
  const known = ofRequests.get(c);
  if (known !== undefined) return known;
  const made = Object.create(null);
  ofRequests.set(c, made);
  return made;
}

/** Where Express runs the handler, they are those of its response. */
export function handLocals(c: Context, given: Record<string, unknown>): void {
  ofRequests.set(c, given);
}
