import type { PathMatcher } from './paths.ts';

/** The path below a mount starts with a slash. */
export function belowMount(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** Each slash below a mount is the router's own, whose `/` matches `//` as well: below `/a`, `/a//`. */
export function belowMounts(mounts: readonly string[], own: string, match: PathMatcher): PathMatcher {
  if (own === '/' || own !== mounts[mounts.length - 1]) return match;
  return (path) => match(path) ?? (path.endsWith('//') ? match(path.slice(0, -1)) : undefined);
}
