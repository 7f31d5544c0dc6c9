import type { Context } from 'hono';
import { currentStatus } from '../end.ts';
import { tagUnsentBody } from '../etag.ts';

/** Express 4 answers OPTIONS with the methods of the routes that match, in the order they were declared. */
export function answerOptions(c: Context, methods: string[]): Response {
  const allow = [...new Set(methods)].join(',');
  c.header('Allow', allow);
  const status: number = currentStatus(c);
  if (status === 204 || status === 304) {
    tagUnsentBody(c, allow);
    return c.body(null);
  }
  return c.body(allow, currentStatus(c), { 'Content-Type': 'text/html; charset=utf-8' });
}
