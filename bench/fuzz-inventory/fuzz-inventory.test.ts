import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { project } from '../../src/testing/project.ts';
import { watchFiles } from './guard.ts';
import { type Trial, trial } from './trial.ts';

/** A sample of `npm run fuzz:inventory`, by seeds that it has as well. */
const SEEDS = Array.from({ length: 60 }, (_, at) => 1 + at * 33);

it('mutated repositories crash nothing, hang nothing, and nothing outside is read or written', async () => {
  const trials: Trial[] = [];
  for (const seed of SEEDS) trials.push(await trial(seed));
  expect(trials.filter(({ wrong, failed }) => wrong.length + failed.length > 0)).toEqual([]);
  expect(trials.filter(({ ended }) => ended === 'inventory').length).toBeGreaterThan(40);
  expect(Math.max(...trials.map(({ ms }) => ms))).toBeLessThan(30_000);
});

it('the guard notices a write, and a read through a link that leads out', () => {
  const outside = project({ 'a.txt': 'x' });
  const root = project({ 'b.txt': 'y' });
  symlinkSync(join(outside, 'a.txt'), join(root, 'link.txt'));
  const guard = watchFiles([root]);
  readFileSync(join(root, 'b.txt'));
  readFileSync(join(root, 'link.txt'));
  writeFileSync(join(root, 'c.txt'), 'z');
  expect(guard.stop()).toEqual([`read ${join(root, 'link.txt')}`, `wrote ${join(root, 'c.txt')}`]);
  readFileSync(join(outside, 'a.txt'));
});
