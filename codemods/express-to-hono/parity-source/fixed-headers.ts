import type { MiddlewareHandler } from 'hono';

/** Headers of each answer. They are set before the handlers, which may change them, and cost little there. */
export function fixedHeaders(headers: Readonly<Record<string, string>>): MiddlewareHandler {
  const all = Object.entries(headers);
  return function fixedHeaders(c, next) {
    for (const [name, value] of all) c.header(name, value);
    return next();
  };
}
