import type { Context } from 'hono';

/** `req.app`: Express's application, which stands beside Hono. */
// biome-ignore lint/suspicious/noExplicitAny: what an application keeps is its own affair, as in Express
export const expressOf = (c: Context): any => c.env.express;
