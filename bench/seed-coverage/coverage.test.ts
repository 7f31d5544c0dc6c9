import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Entries, mistakes, pageOf, readEntries } from './coverage.ts';

const root = new URL('../../', import.meta.url).pathname;
const entries = readEntries(root);

it('every statement of the article has a home that is there', () => {
  expect(mistakes(root, entries)).toEqual([]);
  expect(readFileSync(join(root, 'docs/seed-coverage.md'), 'utf8')).toBe(pageOf(entries));
});

it('notices an entry that is missing or has no home, with or without a reason, and a home that is not there', () => {
  const bent: Entries = structuredClone(entries);
  const [first] = bent.sections;
  if (!first) throw new Error('no section');
  const gone = [
    ...['src/nowhere.ts', 'docs/context.md#999', 'migrate wat', 'migrate try --wat', 'migrate shadow wat'],
    ...['rule wat', 'advice wat', 'platform winterjs', 'ended vercel', 'gate wat', 'sign wat', 'codemod wat'],
    ...['checklist choosing-13', 'checklist choosing-0', 'checklist wat-1'],
  ];
  first.entries = [[1, 'one', [], 'a reason is no home'], [1, 'again', gone], ...first.entries.slice(2)];
  expect(mistakes(root, bent)).toEqual([
    ...['2 is missing', 'a number stands twice', '1 has no home'],
    ...gone.map((home) => `1: ${home} is not there`),
  ]);
});

it('knows how many points the lists have', async () => {
  const lists = {
    choosing: (await import('../../src/checklist/lists/choosing.ts')).choosing,
    adopting: (await import('../../src/checklist/lists/adopting.ts')).adopting,
    mistakes: (await import('../../src/checklist/lists/mistakes.ts')).mistakes,
    'more-mistakes': (await import('../../src/checklist/lists/more-mistakes.ts')).moreMistakes,
  };
  for (const [list, points] of Object.entries(lists)) {
    const isThere = (at: number) => mistakesOf(`checklist ${list}-${at}`).length === 0;
    expect({ list, last: isThere(points.length), next: isThere(points.length + 1) }).toEqual({
      list,
      last: true,
      next: false,
    });
  }
});

const mistakesOf = (home: string): string[] =>
  mistakes(root, { sections: [{ title: 't', entries: [[1, 'one', [home]]] }] }).filter((text) =>
    text.startsWith('1:'),
  );
