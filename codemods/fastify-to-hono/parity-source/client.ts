// What a request says of its address.
import type { AppContext } from './types.ts';

/** Path and query, as they were sent. */
export const urlOf = (c: AppContext): string => c.req.url.slice(c.req.url.indexOf('/', 8));
