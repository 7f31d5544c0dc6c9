import type { Context } from 'hono';
import statuses from 'statuses';
import { accepts } from './accepts.ts';
import { end, endWithLength } from './end.ts';
import { location } from './express4/location.ts';
import { redirectPage } from './express4/redirect-page.ts';
import { vary } from './vary.ts';

/** `res.redirect`: a short body in the form the client prefers, and Vary: Accept. */
export function redirect(c: Context, url: string, status = 302): Response {
  const address = location(c, url);
  const preferred = accepts(c, ['text', 'html']);
  vary(c, 'Accept');
  if (preferred === 'text') {
    c.header('Content-Type', 'text/plain; charset=utf-8');
    return endWithLength(c, `${statuses.message[status]}. Redirecting to ${address}`, status);
  }
  if (preferred === 'html') {
    c.header('Content-Type', 'text/html; charset=utf-8');
    return endWithLength(c, redirectPage(status, address), status);
  }
  c.header('Content-Length', '0');
  return end(c, null, status);
}
