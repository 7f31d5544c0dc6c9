import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { project } from '../../testing/project.ts';
import { tooLarge } from './bundle-size.ts';

it.each([
  [1, []],
  [4, ['The bundle has 4.0 MB compressed, more than Workers take: 3 MB without a plan.']],
  [11, ['The bundle has 11.0 MB compressed, more than Workers take: 3 MB without a plan, 10 MB with one.']],
])('a bundle of %s MB is held against what Workers take', async (size, said) => {
  const root = project({ 'worker.mjs': randomBytes(size * 1024 * 1024) });
  expect(await tooLarge(join(root, 'worker.mjs'))).toEqual(said);
});
