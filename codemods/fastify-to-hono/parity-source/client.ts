// What a request says of its address.
import { DELIMITER } from './rules.ts';
import type { AppContext, Loose } from './types.ts';

/** Path and query as they were sent: a server of Node's has them, others give a URL. */
export const targetOf = (request: Request, env: Loose): string =>
  (env?.incoming?.url ?? request.url.slice(request.url.indexOf('/', 8))).replace(/^https?:\/\/[^/]*/i, '');

export const urlOf = (c: AppContext): string => targetOf(c.req.raw, c.env);

/** The path that a request is routed by, decoded but for what has a meaning in a path. */
export function pathOf(request: Request, env: Loose): string {
  const target = targetOf(request, env);
  const end = target.search(DELIMITER);
  const path = end < 0 ? target : target.slice(0, end);
  if (!path.includes('%')) return path;
  try {
    return decodeURI(path.replaceAll('%25', '%2525'));
  } catch {
    return path;
  }
}

/** The same path where a slash at its end means nothing. */
export const withoutSlash = (path: string): string =>
  path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;

/** What stands behind the path. */
export function queryOf(c: AppContext): string {
  const target = urlOf(c);
  const end = target.search(DELIMITER);
  return end < 0 ? '' : (target.slice(end + 1).split('#')[0] ?? '');
}
