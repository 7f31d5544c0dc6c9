// @ts-expect-error path-to-regexp 0.1 ships no types
import pathToRegexp from 'path-to-regexp-express4';
import { decodeParam } from '../params.ts';

export type PathParams = Record<string, string | string[] | undefined>;
export type PathMatcher = (path: string) => PathParams | undefined;

/** A path that is `*` alone, after the path of its router: what it takes begins with the slash. */
const WHOLE = '/(/.*)';

/** Express 4 writes a wildcard as `*`, which Hono would take for a prefix: it arrives here as `(.*)`. */
function restoreWildcards(path: string): string {
  const rest = path.endsWith(WHOLE) ? `${path.slice(0, -WHOLE.length)}/(.*)` : path;
  return rest.replace(/(:\w+)?\(\.\*\)/g, (whole, named) => (named ? whole : '*'));
}

/** Express 4 paths: `:id(\\d+)`, `:format?`, `*`, `(a|b)`; case and a trailing slash do not matter unless asked. */
export function compilePath(
  path: string,
  options: { caseSensitive?: boolean | undefined; strict?: boolean | undefined; end: boolean },
): PathMatcher {
  if (path === '/' && !options.end) return () => ({});
  const keys: { name: string | number }[] = [];
  const pattern = pathToRegexp(restoreWildcards(path), keys, {
    sensitive: options.caseSensitive,
    strict: options.end && options.strict,
    end: options.end,
  });
  return (requested) => {
    const match = pattern.exec(requested);
    if (!match) return undefined;
    const params: PathParams = {};
    if (path.endsWith(WHOLE)) match[keys.length] = `/${match[keys.length]}`;
    keys.forEach(({ name }, index) => {
      const value = match[index + 1];
      if (value !== undefined || !(name in params)) params[name] = value && decodeParam(value);
    });
    return params;
  };
}
