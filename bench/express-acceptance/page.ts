import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../section.ts';
import type { Result } from './run.ts';

/** Writes `docs/express-acceptance.md`. */
export function writePage(root: string, results: readonly Result[]): void {
  const sum = (of: (result: Result) => number) => results.reduce((all, each) => all + of(each), 0);
  const lines = [
    "# Express's own acceptance tests over its converted examples",
    '',
    'Made by `npm run accept:express -- --clones <folder> --write`. The examples of Express are taken from its repository at the commits',
    'named, load Express by its name, and are converted by `migrate codemod run express-to-hono --write`, with no option and no manual',
    'edit. The tests of `test/acceptance` ask both over HTTP by supertest. None of this code is part of this repository.',
    '',
    `${machine()}.`,
    '',
    `**${sum(({ after }) => after)} of ${sum(({ before }) => before)} tests that pass before pass after.**`,
    '',
    '| release | commit | examples | of these unchanged | pass before | pass after |',
    '| --- | --- | --: | --: | --: | --: |',
    ...results.map(
      ({ release, commit, examples, untouched, before, after }) =>
        `| ${release} | ${commit.slice(0, 10)} | ${examples} | ${untouched.length} | ${before} | ${after} |`,
    ),
    '',
    '| a test that fails after | what it says | announced by the conversion as |',
    '| --- | --- | --- |',
    ...results.flatMap(({ release, lost }) =>
      lost.map(
        ({ test, message, announced }) =>
          `| ${release}: ${cell(test)} | ${cell(message)} | ${announced.join(', ') || '**nothing**'} |`,
      ),
    ),
    '',
    '| an example that is unchanged | what is in the way first |',
    '| --- | --- |',
    ...results.flatMap(({ release, untouched }) =>
      untouched.map(({ name, why }) => `| ${release}: ${name} | ${cell(why)} |`),
    ),
    '',
  ];
  writeFileSync(join(root, 'docs', 'express-acceptance.md'), lines.join('\n'));
}

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/</g, '&lt;');
