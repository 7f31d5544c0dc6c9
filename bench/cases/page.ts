import type { Conversion, Difference, Way } from './convert.ts';
import { untold } from './judge.ts';
import type { Case } from './list.ts';
import type { Told } from './steps.ts';

export interface Row {
  one: Case;
  told: Told[];
  conversion: Conversion | null;
}

/**
 * right: the answers of the original on every runtime, or the command says what the case asks for. left: nothing is
 * changed, and each place is named. announced: what differs is told by the codemod, one by one. wrong: the rest.
 */
export type Verdict = 'right' | 'left' | 'announced' | 'wrong';

const differs = ({ differences }: Way): boolean => differences.length > 0;

/** Of a way, the differences nobody was told of; what plain Hono leaves out is none of `--parity wire`. */
function untoldOf({ one, conversion }: Row, way: Way): Difference[] {
  if (conversion === null) return [];
  const leftOut = way.name.startsWith('idiomatic') ? conversion.leftOut : [];
  return untold(way.differences, leftOut, one.told, conversion.output);
}

function verdict(row: Row): Verdict {
  const { told, conversion } = row;
  if (told.some(({ missing }) => missing.length > 0)) return 'wrong';
  if (conversion === null) return 'right';
  const { ways, places, changed } = conversion;
  if (ways.some((way) => untoldOf(row, way).length > 0)) return 'wrong';
  if (!changed) return places.length > 0 ? 'left' : 'wrong';
  return ways.some(differs) ? 'announced' : 'right';
}

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim();

function seen(row: Row): string[] {
  const { told, conversion } = row;
  const lines = told.map(({ command, missing }) => [`\`${command}\``, ...missing].join(' '));
  if (conversion === null) return lines;
  for (const way of conversion.ways) {
    const open = untoldOf(row, way).length;
    const parts = [`${way.name}: ${way.same} of ${way.all} the same`];
    if (way.ofRuntime > 0) parts.push(`${way.ofRuntime} as the original there`);
    if (way.differences.length > open) parts.push(`${way.differences.length - open} told`);
    if (open > 0) parts.push(`${open} not told`);
    lines.push(parts.join(', '));
  }
  return lines;
}

const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 400);

function line(row: Row): string {
  const differences = row.conversion?.ways.flatMap((way) =>
    untoldOf(row, way).map(
      ({ see, was, is }) => `    ${way.name}: ${see}\n      was ${short(was)}\n      is  ${short(is)}`,
    ),
  );
  const head = `${verdict(row).padEnd(10)} ${row.one.name}  ${seen(row).join(' · ')}`;
  const places = row.conversion?.places.map((each) => `    at ${each}`) ?? [];
  return [head, ...(differences ?? []), ...places].join('\n');
}

/** A row of the page. */
function tableRow(row: Row): string {
  const { name, condition, right } = row.one;
  const places = row.conversion?.places.slice(0, 3).join(' · ') ?? '';
  return `| ${[name, condition, right, verdict(row), seen(row).join(' · '), places].map(cell).join(' | ')} |`;
}

/** @param earlier the page as it is: rows of cases that were not asked this time stay as they were measured */
function whole(rows: readonly Row[], machine: string, earlier: string): string {
  const table = new Map<string, string>();
  for (const line of earlier.split('\n').filter((each) => /^\| \d\w*-/.test(each)))
    table.set(line.split(' | ')[0]?.slice(2) ?? '', line);
  for (const row of rows) table.set(row.one.name, tableRow(row));
  const all = [...table.values()];
  const count = (wanted: Verdict) => all.filter((line) => line.split(' | ')[3] === wanted).length;
  const lines = [
    '# Conditions that users met',
    '',
    'Written by `npm run cases -- <folder> --write`; nothing here is typed by hand. Each row is a small application made from',
    'a public bug report about Express, Hono, Bun, Deno, Workers or a comparison tool. A probe asks the original on Node 22',
    'and the converted one on Node 22, Bun and Deno; a plan or a shadow run is held against what it has to say.',
    '',
    '- **right**: the same observations everywhere, or the command says or finds what it has to.',
    '- **left**: nothing is changed, and each place that stands in the way is named.',
    '- **announced**: each difference is told by the codemod: left out by `--parity idiomatic`, by name, or said in its output.',
    '- **wrong**: the rest.',
    '',
    `${machine}.`,
    '',
    `**${all.length} cases: ${count('right')} right, ${count('left')} left, ${count('announced')} announced, ${count('wrong')} wrong.**`,
    '',
    '| case | condition | right value | | seen | not converted |',
    '| --- | --- | --- | --- | --- | --- |',
    ...all,
  ];
  return `${lines.join('\n')}\n`;
}

/** How rows are judged and shown. */
export const page = { verdict, line, whole };
