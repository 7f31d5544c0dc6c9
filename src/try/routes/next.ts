import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteShape } from '../../shadow/index.ts';

/** What a build of Next.js says of its pages: by path, and by file for the `app` folder. */
const MANIFESTS = [
  ['server/pages-manifest.json', Object.keys],
  ['app-path-routes-manifest.json', Object.values],
] as const;
/** Pages that frame others: nobody asks for them. */
const FRAMES = /^\/_(?:app|document|error|not-found|global-error)(?:$|\/)/;

/** The pages and handlers that a built Next.js application serves, to be asked by GET; none where it is no such build. */
export function nextRoutes(dir: string): RouteShape[] {
  const paths = new Set<string>();
  for (const [name, pathsOf] of MANIFESTS) {
    const file = join(dir, '.next', name);
    if (!existsSync(file)) continue;
    for (const path of pathsOf(JSON.parse(readFileSync(file, 'utf8'))))
      if (typeof path === 'string' && !FRAMES.test(path)) paths.add(template(path));
  }
  return [...paths].sort().map((path) => ({ method: 'GET', path }));
}

/** `/posts/[id]` and `/docs/[...slug]` as Express writes them. */
const template = (path: string): string =>
  path.replace(/\[\[?\.\.\.(\w+)\]?\]/g, ':$1*').replace(/\[(\w+)\]/g, ':$1');
