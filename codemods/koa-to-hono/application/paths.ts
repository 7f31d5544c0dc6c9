/**
 * A path of Koa's router as Hono writes it. Sources: path-to-regexp 6 (`@koa/router` up to 13, `koa-router`) and 8 (from 14); Hono's
 * `:name`, `:name?`, `:name{pattern}` and `*`.
 *
 * @param modern written for path-to-regexp 8
 * @returns the path, or why it has none
 */
export function honoPath(path: string, modern: boolean): { path: string } | string {
  if (path === '' || path === '/') return { path: '/' };
  if (!path.startsWith('/')) return 'a path that does not start with a slash';
  if (/[{}]/.test(path) || /[[\]|!^$]/.test(path)) return 'a path with groups';
  const wild = modern
    ? path.replace(/\/\*\w*$/, '/*')
    : path.replace(/\/\((?:\.\*|\.\+)\)$/, '/*').replace(/\/:\w+\((?:\.\*|\.\+)\)$/, '/*');
  if (wild !== path && /\.\+|\/\*\w+$/.test(path))
    return 'a wildcard whose text is read by name or that may not be empty';
  const parts = wild.split('/').slice(1);
  const made: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === '*' && index === parts.length - 1 && wild !== path) made.push('*');
    else if (/^[\w.~%@-]*$/.test(part)) made.push(part);
    else {
      const match = /^:(\w+)(?:\(([^()]+)\))?(\?)?$/.exec(part);
      if (match === null) return 'a path whose segments mix names and text, or have modifiers';
      const [, name, pattern, optional] = match;
      if (optional !== undefined && index < parts.length - 1)
        return 'an optional segment in the middle of a path';
      if (modern && (pattern !== undefined || optional !== undefined))
        return 'a path that this release of the router refuses';
      made.push(`:${name}${pattern === undefined ? '' : `{${pattern}}`}${optional ?? ''}`);
    }
  }
  return { path: `/${made.join('/')}` };
}

/** Two paths, one below the other. */
export const below = (prefix: string, path: string): string => {
  const joined = `${prefix.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  return joined.length > 1 ? joined.replace(/\/$/, '') : '/';
};
