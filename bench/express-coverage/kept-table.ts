import { KINDS, type Kind } from './cases.ts';
import type { Kept, KeptResult } from './kept.ts';
import type { Row } from './run.ts';
import { cell } from './table.ts';

type Results = Readonly<Record<string, KeptResult>>;

/** The column of a case: `same`, and the runtimes of which there is more to say. */
export function keptCell(results: Results | undefined): string {
  if (results === undefined) return '';
  const more = Object.entries(results).flatMap(([runtime, result]) => {
    if (result.is === 'same') return [];
    if (result.is === 'runtime') return [`${runtime}: as Express alone there`];
    return [`${runtime}: ${result.is === 'wrong' ? '**wrong**' : result.why}`];
  });
  return [...(Object.values(results).some(({ is }) => is === 'same') ? ['same'] : []), ...more].join('; ');
}

/** What is counted of a runtime: `812 same, 4 as Express alone there, 40 not run`. */
function tally(results: readonly KeptResult[]): string {
  const count = (wanted: KeptResult['is']) => results.filter(({ is }) => is === wanted).length;
  const parts: [number, string][] = [
    [count('same'), 'same'],
    [count('runtime'), 'as Express alone there'],
    [count('not run'), 'not run'],
    [count('wrong'), '**wrong**'],
  ];
  const shown = parts.filter(([many, word]) => many > 0 || word === '**wrong**');
  return shown.map(([many, word]) => `${many} ${many === 0 ? 'wrong' : word}`).join(', ');
}

/** The paragraph and the table of what stays in Express. */
export function keptSummary(
  rows: readonly Pick<Row, 'one'>[],
  kept: Kept,
  titles: Readonly<Record<Kind, string>>,
): string[] {
  const runtimes = [...new Set([...kept.values()].flatMap((results) => Object.keys(results)))];
  const lines = [
    '',
    '## What stays in Express',
    '',
    'Every case once more as it is, with a Hono application of one route beside it: `besideExpress` gives each request whole',
    'to one of the two. Each kept application answers as it did alone on Node (`same`), or as it does alone on that runtime,',
    'where the runtime itself runs Express otherwise. The column `kept` of the tables below is this run. On Workers the',
    'decision is made in `fetch`, and what needs files of a disk is not run.',
    '',
    `| kept in Express | cases | ${runtimes.join(' | ')} |`,
    `| --- | --- | ${runtimes.map(() => '---').join(' | ')} |`,
  ];
  for (const kind of KINDS) {
    for (const version of [4, 5] as const) {
      const own = rows.filter(({ one }) => one.kind === kind && one.express === version);
      const cells = runtimes.map((runtime) =>
        tally(own.flatMap(({ one }) => kept.get(one.id)?.[runtime] ?? [])),
      );
      lines.push(`| ${titles[kind]}, Express ${version} | ${own.length} | ${cells.join(' | ')} |`);
    }
  }
  const own = [...kept].flatMap(([id, results]) =>
    Object.entries(results).flatMap(([runtime, result]) =>
      result.is === 'runtime' ? [`| ${id} | ${runtime} | ${cell(result.why)} |`] : [],
    ),
  );
  const head = [
    '',
    'Where a runtime runs Express itself otherwise:',
    '',
    '| case | on | answers |',
    '| --- | --- | --- |',
  ];
  return own.length === 0 ? lines : [...lines, ...head, ...own];
}
