/**
 * What is answered to an error that nobody caught: a page, a text or JSON, as the client accepts. Headers that were set stay. It can go
 * once the application has an error page of its own.
 */

import { STATUS_CODES } from 'node:http';
import type { Context } from 'hono';
import { report } from './errors.ts';

interface Raised {
  name?: string;
  message?: string;
  stack?: string;
  status?: unknown;
  code?: unknown;
  expose?: unknown;
  headers?: Record<string, string>;
}

const KINDS = ['text/html', 'text/plain', 'application/json'];

/** Answers an error as the client accepts it. In development the reason is told, and where it was. */
export function acceptedPage(raised: unknown, c: Context): Response {
  const error: Raised & { status?: unknown } = raised instanceof Error ? raised : wrapped(raised);
  report(error, c);
  const given = error.code === 'ENOENT' ? 404 : error.status;
  const status = typeof given === 'number' && STATUS_CODES[given] !== undefined ? given : 500;
  const isDev = (process.env.NODE_ENV || 'development') === 'development';
  const name = STATUS_CODES[status] ?? '';
  const message = (isDev || error.expose === true) && error.message ? error.message : name;
  c.status(status as 500);
  for (const [header, value] of Object.entries(error.headers ?? {})) c.header(header, value);
  const kind = accepted(c.req.header('Accept'));
  if (kind === 'application/json') return c.json({ error: message });
  if (kind !== 'text/html') return c.text(message);
  const told = isDev ? `<pre>${escaped(error.stack ?? '')}</pre>` : '';
  return c.html(`<!doctype html>\n<title>${status} ${name}</title>\n<h1>${name}</h1>\n${told}`);
}

/** What is thrown and is no error, as one. */
function wrapped(raised: unknown): Error {
  const text = typeof raised === 'object' ? JSON.stringify(raised) : String(raised);
  const { name, message, stack, status, headers } = (raised ?? {}) as Raised;
  const told = Object.entries({ name, message, stack, status, headers }).filter(([, value]) => value);
  return Object.assign(new Error(`non-error thrown: ${text}`), Object.fromEntries(told));
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

/** The kind of answer that a client prefers; the first one where it takes any. */
function accepted(header: string | undefined): string | undefined {
  const ranges = (header ?? '*/*').split(',').map((part, at) => {
    const [type = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    const weight = parameters.find((each) => each.startsWith('q='));
    return { type, at, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
  });
  const choices = KINDS.map((kind, order) => {
    const exact = (type: string) => (type === kind ? 2 : type === `${kind.split('/')[0]}/*` ? 1 : 0);
    const [best] = ranges
      .filter(({ type }) => exact(type) > 0 || type === '*/*')
      .sort((a, b) => exact(b.type) - exact(a.type) || b.weight - a.weight);
    return { kind, order, exact: exact(best?.type ?? ''), at: best?.at ?? 0, weight: best?.weight ?? 0 };
  });
  return choices
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.exact - a.exact || a.at - b.at || a.order - b.order)[0]?.kind;
}
