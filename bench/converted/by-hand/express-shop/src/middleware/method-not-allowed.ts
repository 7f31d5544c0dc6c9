import type { Handler } from 'hono';

/** The last handler of a path: any other method is answered with 405 and the methods there are. */
export function methodNotAllowed(...allowed: string[]): Handler {
  return (c) =>
    c.json({ code: 'method_not_allowed', message: `use ${allowed.join(' or ')}` }, 405, {
      Allow: allowed.join(', '),
    });
}
