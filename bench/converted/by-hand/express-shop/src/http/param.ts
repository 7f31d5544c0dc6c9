import type { Context } from 'hono';
import { HttpError } from './errors.ts';

/**
 * A parameter of the path. Hono gives an escape that is none (`%zz`) as it came; here it is the client's mistake.
 *
 * @throws {HttpError} 400
 */
export function param(c: Context, name: string): string {
  const value = c.req.param(name) ?? '';
  if (value.includes('%') && isMalformed(new URL(c.req.url).pathname))
    throw new HttpError(400, 'bad_request', 'bad request');
  return value;
}

export function isMalformed(path: string): boolean {
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}
