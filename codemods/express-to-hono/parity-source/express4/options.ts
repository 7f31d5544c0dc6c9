import type { Context } from 'hono';

/** Express 4 answers OPTIONS with the methods of the routes that match, in the order they were declared. */
export function answerOptions(c: Context, methods: string[]): Response {
  const allow = [
    ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
  ].join(',');
  c.header('Allow', allow);
  return c.body(allow, 200, { 'Content-Type': 'text/html; charset=utf-8' });
}
