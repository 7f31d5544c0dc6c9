import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { project } from '../../../src/testing/project.ts';
import { serveStatic } from '../parity-source/native/static.ts';

it('a file that comes later is served, though its path was asked for before', async () => {
  const root = project({ 'old.txt': 'old', 'docs/index.html': 'docs' });
  const files = serveStatic(root);
  const app = new Hono();
  app.use(files);
  app.use('/below/*', files);
  app.get('*', (c) => c.text('route'));
  const texts = (...paths: string[]) =>
    Promise.all(paths.map(async (path) => (await app.request(path)).text()));

  const first = await texts('/old.txt', '/docs/', '/new.txt', '/below/old.txt');
  expect(first).toEqual(['old', 'docs', 'route', 'old']);
  writeFileSync(join(root, 'new.txt'), 'new');
  writeFileSync(join(root, 'newer.txt'), 'newer');
  expect(await texts('/newer.txt')).toEqual(['newer']);
  expect(await texts('/new.txt', '/old.txt')).toEqual(['new', 'old']);
});
