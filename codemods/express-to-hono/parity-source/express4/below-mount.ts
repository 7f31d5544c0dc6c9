import type { PathMatcher } from './paths.ts';

/** Express 4 takes one slash more with the mount: below `/a`, `/a//b` is `/b`. */
export function belowMount(path: string): string {
  const rest = path.startsWith('//') ? path.slice(1) : path;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Below each of these mounts `//` is `/`: `/a//b` is `/b` of the router at `/a`. */
export function belowMounts(mounts: readonly string[], _own: string, match: PathMatcher): PathMatcher {
  const depths = new Set(mounts.map((mount) => mount.split('/').filter(Boolean).length));
  depths.delete(0);
  if (depths.size === 0) return match;
  return (path) => {
    if (!path.includes('//')) return match(path);
    const segments = path.split('/');
    for (const depth of depths)
      if (segments[depth + 1] === '' && segments.length > depth + 2) segments.splice(depth + 1, 1);
    return match(segments.join('/'));
  };
}
