/** Sets headers that are the same for each answer, before the handlers, which may change them. */
import type { MiddlewareHandler } from 'hono';

/** Sets headers of each answer. */
export function fixedHeaders(headers: Readonly<Record<string, string>>): MiddlewareHandler {
  const all = Object.entries(headers);
  return function fixedHeaders(c, next) {
    for (const [name, value] of all) c.header(name, value);
    return next();
  };
}
