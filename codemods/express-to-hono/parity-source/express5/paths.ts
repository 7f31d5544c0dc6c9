import { match as matchPath } from 'path-to-regexp';
import { decodeParam } from '../params.ts';

export type PathParams = Record<string, string | string[] | undefined>;
export type PathMatcher = (path: string) => PathParams | undefined;

/** Express 5 paths: `:id`, `*splat`, `{/:optional}`; case and a trailing slash do not matter unless asked. */
export function compilePath(
  path: string,
  options: { caseSensitive?: boolean | undefined; strict?: boolean | undefined; end: boolean },
): PathMatcher {
  if (path === '/' && !options.end) return () => ({});
  const strict = options.end && options.strict;
  const match = matchPath(strict || path === '/' ? path : path.replace(/\/+$/, ''), {
    sensitive: options.caseSensitive,
    end: options.end,
    trailing: !strict,
    decode: decodeParam,
  });
  return (requested) => {
    const found = match(requested);
    return found ? { ...found.params } : undefined;
  };
}
