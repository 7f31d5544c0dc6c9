import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Entries, mistakes, pageOf, readEntries } from './coverage.ts';

const root = new URL('../../', import.meta.url).pathname;
const entries = readEntries(root);

it('every statement of the article has a home that is there, or a reason why it has none', () => {
  expect(mistakes(root, entries)).toEqual([]);
  expect(readFileSync(join(root, 'docs/seed-coverage.md'), 'utf8')).toBe(pageOf(entries));
});

it('notices an entry that is missing, has none, or has one that is not there', () => {
  const bent: Entries = structuredClone(entries);
  const [first] = bent.sections;
  if (!first) throw new Error('no section');
  first.entries = [
    [1, 'one', []],
    [1, 'again', ['src/nowhere.ts', 'migrate wat', 'rule wat', 'gate wat', 'codemod wat']],
    ...first.entries.slice(2),
  ];
  expect(mistakes(root, bent)).toEqual([
    ...['2 is missing', 'a number stands twice', '1 has no home and no reason'],
    ...['src/nowhere.ts', 'migrate wat', 'rule wat', 'gate wat', 'codemod wat'].map(
      (home) => `1: ${home} is not there`,
    ),
  ]);
});
