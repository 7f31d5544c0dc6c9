import { compilePath, type PathMatcher, type PathParams } from './express4/paths.ts';
import { decodeParam } from './params.ts';

const patterns = new Map<string, RegExp>();

/** A regular expression as the path of a route. */
export function regexpPath(pattern: RegExp): string {
  const path = `/${pattern}`;
  patterns.set(path, pattern);
  return path;
}

/** For `expressRouting`: matches such a path below its mount; groups are parameters, by name or number. */
export function compileRegexp(path: string): PathMatcher | undefined {
  const [key, pattern] = [...patterns].find(([each]) => path.endsWith(each)) ?? [];
  if (key === undefined || pattern === undefined) return undefined;
  const mount = path.slice(0, -key.length);
  const depth = mount.split('/').filter(Boolean).length;
  const isBelow = compilePath(mount || '/', { end: false });
  const groups = [...pattern.source.matchAll(/\\.|\((?:\?<(?![=!])(.*?)>)?(?!\?)/g)].filter(([text]) =>
    text.startsWith('('),
  );
  let unnamed = 0;
  const names = groups.map(([, name]) => name ?? String(unnamed++));
  return (requested) => {
    const rest =
      depth === 0
        ? requested
        : `/${requested
            .split('/')
            .slice(depth + 1)
            .join('/')}`;
    const match = isBelow(requested) && pattern.exec(rest);
    if (!match) return undefined;
    const params: PathParams = {};
    for (const [index, name] of names.entries()) {
      const value = match[index + 1];
      if (value !== undefined) params[name] = decodeParam(value);
    }
    return params;
  };
}
