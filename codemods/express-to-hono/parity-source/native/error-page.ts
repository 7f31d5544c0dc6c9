import { STATUS_CODES } from 'node:http';
import type { Context } from 'hono';
import { needs } from '../needs.ts';

/** What no route answers. */
export function notFound(c: Context): Response {
  return c.text('404 Not Found', 404);
}

type Failure = Error & { status?: number; statusCode?: number; headers?: object };

/** An error that no handler answers: with the status it carries, or that was set before it, else 500. */
export function errorPage(error: Failure, c: Context): Response {
  console.error(error);
  if (needs.errorHeaders)
    for (const [name, value] of Object.entries(error.headers ?? {})) c.header(name, String(value));
  const { status, statusCode } = error;
  const statuses = needs.ownStatus ? [status, statusCode, c.body(null).status] : [status, statusCode];
  const answered = statuses.find((each = 0) => each >= 400 && each < 600) ?? 500;
  return c.text(STATUS_CODES[answered] ?? String(answered), answered as 500);
}
