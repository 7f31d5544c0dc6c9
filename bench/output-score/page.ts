import { machine } from '../section.ts';
import type { Parity } from './measure.ts';
import type { Group } from './programs.ts';
import { linesOf, nativeShare, type Score, sumOf } from './score.ts';

/** One program, or the cases together, converted in one way. */
export interface Row {
  group: Group | 'case';
  name: string;
  way: Parity | 'by hand';
  score: Score;
}

/** A program on which the codemod failed. */
export interface Failure {
  name: string;
  way: Parity;
  why: string;
}

const TITLES: Record<Row['group'], string> = {
  fixture: 'The fixtures',
  'one-route': 'An application with one route',
  'field-test': 'Applications we did not write',
  example: 'Express’s own examples',
  case: 'The coverage cases together',
};

const number = (value: number): string => value.toLocaleString('en-US');
const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)}%`);

function cells({ name, way, score }: Row): string[] {
  const { handlers, answers, dependencies, hono } = score;
  const count = (value: number) => (value === 0 ? '' : number(value));
  const isByHand = way === 'by hand';
  return [
    ...[name, way],
    ...(isByHand
      ? ['', '', '', '']
      : [number(handlers.converted), ...[handlers.bridged, handlers.kept, handlers.refused].map(count)]),
    ...[percent(nativeShare(score)), number(answers.plain), count(answers.hono)],
    ...[number(answers.support), count(answers.response)],
    ...[number(linesOf(score)), `+${dependencies.added.length} −${dependencies.removed.length}`],
    Object.entries(hono)
      .map(([module, files]) => `${module.slice('hono/'.length)}${files > 1 ? ` ×${files}` : ''}`)
      .join(', '),
  ];
}

const HEAD = [
  '| program | way | converted | bridged | kept | refused | Hono’s own | `c.*` | `hono/*` | support | `new Response` | lines | dependencies | modules |',
  '| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- | --- |',
];

/** The section of `docs/output-score.md`. */
export function page(rows: readonly Row[], failed: readonly Failure[]): string[] {
  const groups = Object.keys(TITLES) as Row['group'][];
  return [
    '## How Hono the output is',
    '',
    `${machine()}. Repeat with \`npm run output:score -- --clones <folder> --write\`; what it prints with \`--json\` names every file and function.`,
    '',
    '- **converted, bridged, kept, refused**: handlers, as the codemod reports them.',
    '- **Hono’s own**: of the places in the application that make a response, those that are a method of Hono’s context (`c.json`, `c.text`,',
    '  `c.html`, `c.body`, `c.redirect`, …) or a function of its packages (`hono/streaming`). The others call a **support** function of a file',
    '  that the conversion wrote (`json(c, …)`), or `new Response`. Decided by where values go: a context is what Hono hands to a',
    '  registered function, and a support function answers if what it returns is a response. Handlers in Express have no such place.',
    '- **lines** of the files that the conversion wrote (by hand: of `src/http/`); **dependencies** added and removed; **modules** of',
    '  Hono besides its core, with the number of files that import them where it is more than one.',
    ...groups.flatMap((group) => section(group, rows)),
    ...(failed.length > 0 ? ['', 'Not measured, because the codemod failed:', ''] : []),
    ...failed.map(({ name, way, why }) => `- ${name} (${way}): ${why}`),
  ];
}

function section(group: Row['group'], rows: readonly Row[]): string[] {
  const own = rows.filter((row) => row.group === group);
  if (own.length === 0) return [];
  const names = new Set(own.map(({ name }) => name));
  const isMany = names.size > 2;
  const listed = isMany ? [...own, ...totals(group, names.size, own)] : own;
  return ['', `### ${TITLES[group]}`, '', ...HEAD, ...listed.map((row) => `| ${cells(row).join(' | ')} |`)];
}

/** One row for each way, with the modules by programs. */
function totals(group: Row['group'], many: number, rows: readonly Row[]): Row[] {
  return (['wire', 'idiomatic'] as const).map((way) => {
    const scores = rows.filter((row) => row.way === way).map(({ score }) => score);
    return { group, name: `**all ${many}**`, way, score: { ...sumOf(scores), hono: {} } };
  });
}

/** A line for each row. */
export function summary(rows: readonly Row[]): string {
  return rows
    .map((row) => {
      const { handlers, answers, dependencies } = row.score;
      const outcome = Object.entries(handlers)
        .filter(([, count]) => count > 0)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ');
      const how = Object.entries(answers)
        .filter(([, count]) => count > 0)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ');
      const share = percent(nativeShare(row.score));
      const packages = `dependencies +${dependencies.added.length} -${dependencies.removed.length}`;
      return `${row.group} ${row.name} (${row.way}): ${outcome}; ${share} Hono’s own (${how}); ${number(linesOf(row.score))} lines; ${packages}`;
    })
    .join('\n');
}
