import { expect, it } from 'vitest';
import { project } from '../../testing/project.ts';
import { nextRoutes } from './next.ts';

it('reads the pages and handlers of a build of Next.js, and nothing that frames them', () => {
  const dir = project({
    '.next/server/pages-manifest.json': JSON.stringify({
      '/_app': 'a.js',
      '/posts/[id]': 'b.js',
      '/api/hello': 'c.js',
    }),
    '.next/app-path-routes-manifest.json': JSON.stringify({
      '/docs/[[...slug]]/page': '/docs/[[...slug]]',
      '/_not-found/page': '/_not-found',
    }),
  });
  expect(nextRoutes(dir).map(({ path }) => path)).toEqual(['/api/hello', '/docs/:slug*', '/posts/:id']);
  expect(nextRoutes(project())).toEqual([]);
});
