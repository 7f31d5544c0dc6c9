import type { Context } from 'hono';

// biome-ignore lint/suspicious/noExplicitAny: typed as in Express
const ofRequests = new WeakMap<Context, any>();

/** `res.locals`: what the views and the later handlers of one request share. */
// biome-ignore lint/suspicious/noExplicitAny: typed as in Express
export function locals(c: Context): Record<string, any> {
  if (ofRequests.has(c)) return ofRequests.get(c);
  const made = Object.create(null);
  ofRequests.set(c, made);
  return made;
}

/** Another object in their place, as `res.locals = session` puts it there; Express's own where Express runs the handler. */
// biome-ignore lint/suspicious/noExplicitAny: typed as in Express
export function handLocals(c: Context, given: any): void {
  ofRequests.set(c, given);
}
