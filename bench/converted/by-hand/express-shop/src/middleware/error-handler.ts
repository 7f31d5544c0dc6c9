import type { ErrorHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Env } from '../env.ts';
import { HttpError, ValidationError } from '../http/errors.ts';

export const errorHandler: ErrorHandler<Env> = (error, c) => {
  if (error instanceof HttpError) {
    const { status, code, message } = error;
    const issues = error instanceof ValidationError ? { issues: error.issues } : {};
    return c.json({ code, message, ...issues }, status as ContentfulStatusCode);
  }
  const { pathname, search } = new URL(c.req.url);
  console.error(`${c.get('requestId')} ${c.req.method} ${pathname}${search}`, error);
  return c.json({ code: 'internal', message: 'internal error' }, 500);
};
