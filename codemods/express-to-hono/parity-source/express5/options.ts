import type { Context } from 'hono';
import { end } from '../end.ts';

/** Express 5 answers OPTIONS with the methods of the routes that match, sorted. */
export function answerOptions(c: Context, methods: string[]): Response {
  const allow = [...new Set(methods)].sort().join(', ');
  c.header('Allow', allow);
  c.header('Content-Type', 'text/plain');
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Content-Length', String(allow.length));
  return end(c, allow);
}
