import encodeUrl from 'encodeurl';
import escapeHtml from 'escape-html';
import type { Context } from 'hono';
import statuses from 'statuses';
import { currentStatus, endWithLength } from './end.ts';
import { answerOptions } from './express4/options.ts';
import { unansweredOptions } from './routing.ts';
import { requestTarget, targetPath } from './target.ts';

/** Headers about a body that an error page does not have. */
const CONTENT_HEADERS = ['Content-Encoding', 'Content-Language', 'Content-Range'];

/** Express's 404 page, which is also where it answers OPTIONS for routes that have other methods. */
export function notFound(c: Context): Response {
  const methods = unansweredOptions(c);
  if (methods) return answerOptions(c, methods);
  for (const name of CONTENT_HEADERS) c.header(name, undefined);
  const path = targetPath(requestTarget(c.req.raw, c.env));
  return errorDocument(c, 404, `Cannot ${c.req.method} ${encodeUrl(path)}`);
}

/** Express's page for an error nobody handled: the stack, or in production only the status text. */
export function errorPage(error: unknown, c: Context): Response {
  const { stack, headers } = (error ?? {}) as { stack?: string; headers?: Record<string, string> };
  const environment = process.env.NODE_ENV || 'development';
  if (environment !== 'test') console.error(stack || String(error));
  const ownStatus = errorStatus(error);
  for (const name of CONTENT_HEADERS) c.header(name, undefined);
  if (ownStatus !== undefined && headers && typeof headers === 'object') {
    for (const [name, value] of Object.entries(headers)) c.header(name, String(value));
  }
  const answered = currentStatus(c) as number;
  const status = ownStatus ?? (answered >= 400 && answered <= 599 ? answered : 500);
  const text = environment === 'production' ? undefined : stack || String(error);
  return errorDocument(c, status, text || String(statuses.message[status]));
}

/** The status an error carries, as `http-errors` and the body parsers set it. */
function errorStatus(error: unknown): number | undefined {
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  const isError = (value: unknown): value is number =>
    typeof value === 'number' && value >= 400 && value < 600;
  return isError(status) ? status : isError(statusCode) ? statusCode : undefined;
}

function errorDocument(c: Context, status: number, message: string): Response {
  c.header('Content-Security-Policy', "default-src 'none'");
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Content-Type', 'text/html; charset=utf-8');
  const text = escapeHtml(message).replace(/\n/g, '<br>').replace(/ {2}/g, ' &nbsp;');
  const head =
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n';
  return endWithLength(c, `${head}<body>\n<pre>${text}</pre>\n</body>\n</html>\n`, status);
}
