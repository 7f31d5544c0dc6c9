/**
 * What Koa answers to an error that nobody caught, and where errors are reported. It can go once the application has an
 * error page of its own.
 */

import { STATUS_CODES } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';

interface Raised {
  status?: unknown;
  statusCode?: unknown;
  expose?: unknown;
  message?: unknown;
  code?: unknown;
  headers?: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: who reports knows what errors it has
type Report = (error: any, c?: any) => unknown;

const reports: Report[] = [];

/** Calls a function for each error that is reported. */
export function onReport(fn: Report): void {
  reports.push(fn);
}

/** Reports an error to who asked for it, or prints it as Koa does. */
export function report(error: unknown, c?: Context): void {
  const { status, expose } = error as Raised;
  if (reports.length > 0) for (const fn of reports) fn(error, c);
  else if (status !== 404 && expose !== true)
    console.error(`\n${String((error as Error).stack ?? error).replace(/^/gm, '  ')}\n`);
}

/** Koa's answer to an error: its status, its message where it may be shown, and its headers in place of all others. */
export function errorPage(error: unknown, c: Context): Response {
  report(error, c);
  const raised = error as Raised;
  const given = raised.code === 'ENOENT' ? 404 : (raised.status ?? raised.statusCode);
  const status = typeof given === 'number' && STATUS_CODES[given] !== undefined ? given : 500;
  const text = raised.expose === true ? String(raised.message) : (STATUS_CODES[status] ?? String(status));
  const headers = { ...raised.headers, 'Content-Type': 'text/plain; charset=utf-8' };
  return new Response(text, { status, headers });
}

/** Answers errors that reach it by throwing, as middleware further in has had the chance to catch them. */
export const errorPages =
  (page: (error: unknown, c: Context) => Response = errorPage): MiddlewareHandler =>
  async (c, next) => {
    try {
      await next();
    } catch (error) {
      c.res = undefined;
      c.res = page(error, c);
    }
  };
