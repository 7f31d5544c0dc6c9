import { plural } from '../../src/report/format.ts';
import { RUNTIMES } from '../field-test/compare.ts';
import type { Conversion, Stay } from '../field-test/convert.ts';
import { figuresOf, medianOf } from '../field-test/figures.ts';
import type { Application } from '../field-test/list.ts';
import { cell, testsCell } from '../field-test/page.ts';
import type { Row, Run } from '../field-test/row.ts';
import { errorLines, firstLine, number } from '../field-test/words.ts';

const REASONS = 3;

/** The scoreboard of `docs/koa-to-hono.md` from what was measured: what runs, what is converted, and each run. */
export function scoreboard(rows: readonly Row[], list: readonly Application[]): string[] {
  return [
    totals(rows),
    '',
    '### Run before and after',
    '',
    ...runTable(rows, list),
    '',
    '### Each run',
    '',
    ...eachRun(rows, list),
    '### Converted',
    '',
    '| application | what it is | handlers | converted | bridged | kept | refused | why (the most frequent first) |',
    '| --- | --- | --: | --: | --: | --: | --: | --- |',
    ...rows.map((row) => convertedLine(row, appOf(row, list))),
  ];
}

/** What all rows come to, in a sentence. */
export function totals(rows: readonly Row[]): string {
  const { run, boot, pass, compared, differing, owned, tests, green } = figuresOf(rows);
  const handlers = rows.flatMap(({ converted }) => converted?.node.handlers ?? []);
  const sum = (of: keyof Conversion['handlers']) => handlers.reduce((all, each) => all + each[of], 0);
  const all = (['converted', 'bridged', 'kept', 'refused'] as const).map(sum);
  return `**${plural(run, 'application')} run**, ${boot} of them on Node, Bun and Deno; ${pass} have the verdict PASS in every run. ${number(compared)} exchanges compared, ${number(differing)} differ unexplained, ${number(owned)} differ as the conversion announced. Own tests: ${green} of ${tests} applications that have some pass as many as before. Of ${number(all.reduce((a, b) => a + b, 0))} handlers of ${plural(handlers.length, 'application')}, ${all[0]} are Hono’s.`;
}

/** Applications that were run: how each did on every runtime. */
export const runTable = (rows: readonly Row[], list: readonly Application[]): string[] => [
  '| application | handlers: Hono’s · others | exchanges | Node | Bun | Deno | own tests | tsc errors | p50 ms |',
  '| --- | --- | --: | --- | --- | --- | --- | --- | --- |',
  ...measured(rows).map((row) => runLine(row, appOf(row, list))),
];

/** What each run found. */
export const eachRun = (rows: readonly Row[], list: readonly Application[]): string[] =>
  measured(rows).flatMap((row) => told(row, appOf(row, list)));

const measured = (rows: readonly Row[]): Row[] => rows.filter(({ run }) => run !== undefined);
const appOf = ({ name }: Row, list: readonly Application[]) => list.find((app) => app.name === name);

const linkOf = ({ repository, commit, folder }: Row): string =>
  `[${repository}${folder === '.' ? '' : `, ${folder}`}](https://github.com/${repository}/tree/${commit})`;

function runLine(row: Row, app: Application | undefined): string {
  const run = row.run as Run;
  if (run.failed !== null) return `| ${linkOf(row)} | not run: ${firstLine(run.failed)} | | | | | | | |`;
  const { handlers } = row.converted?.node ?? {};
  const runs = run.runtimes.flatMap((each) => each.runs);
  return `| ${[
    linkOf(row),
    handlers ? `${handlers.converted} · ${handlers.bridged + handlers.kept + handlers.refused}` : '–',
    number(runs.reduce((all, { compared }) => all + compared, 0)),
    ...RUNTIMES.map((runtime) => cell(run.runtimes.find((one) => one.runtime === runtime))),
    run.tests === undefined && app?.test ? 'not run' : testsCell(run.tests),
    typesCell(run.types),
    p50Of(run),
  ].join(' | ')} |`;
}

/** What the project's own compiler says, before and after. */
function typesCell(types: Run['types']): string {
  if (types === undefined) return 'not asked';
  return types.before === null ? 'none' : `${types.before} → ${types.after ?? 'does not run'}`;
}

/** Medians of the runs on Node: of the original, and of what became of it. */
function p50Of({ runtimes }: Run): string {
  const timed = runtimes[0]?.runs.flatMap(({ p50 }) => p50 ?? []) ?? [];
  const at = (side: 'old' | 'new') => medianOf(timed.flatMap((each) => each[side] ?? []));
  const [before, after] = [at('old'), at('new')];
  return before === null || after === null ? '–' : `${before.toFixed(1)} → ${after.toFixed(1)}`;
}

function told(row: Row, app: Application | undefined): string[] {
  const run = row.run as Run;
  const lines = [
    `- **${linkOf(row)}**, run ${run.date}.${app?.note === undefined ? '' : ` ${app.note.trim()}`}`,
  ];
  if (run.failed !== null) return [...lines, `  - ${firstLine(run.failed)}`];
  for (const { runtime, version, failed, originalBoots, runs } of run.runtimes) {
    const nor = originalBoots === false ? ', nor does the original' : '';
    if (failed !== null)
      lines.push(
        `  - ${runtime}: does not start${nor}. ${[firstLine(failed), ...errorLines(failed)].join(' / ')}`,
      );
    for (const { traffic, verdict, differing, compared, routes, uncovered, ...why } of runs)
      lines.push(
        `  - ${runtime} (${version}), ${traffic}: ${verdict}, ${differing} of ${compared} differ unexplained, ${routes - uncovered} of ${routes} routes reached.${because('Announced', why.owned)}${because('Explained', why.explained)}`,
        ...why.differences.slice(0, 6).map((one) => `    - ${one}`),
        ...Object.entries(why.accepted).map(([reason, count]) => `    - accepted ×${count}: ${reason}`),
      );
  }
  return [...lines, ''];
}

function because(title: string, counts: Record<string, number>): string {
  const said = Object.entries(counts).map(([id, count]) => `${id} ×${count}`);
  return said.length === 0 ? '' : ` ${title}: ${said.join(', ')}.`;
}

function convertedLine(row: Row, app: Application | undefined): string {
  const { converted, failed } = row;
  if (!converted)
    return `| ${linkOf(row)} | ${row.what} | ${firstLine(failed ?? 'not converted')} | | | | | |`;
  const { handlers, stays } = converted.node;
  const counts = [handlers.converted, handlers.bridged, handlers.kept, handlers.refused];
  const why = [...stays.slice(0, REASONS).map(reasonOf), ...(app?.unrun ? [`*not run: ${app.unrun}*`] : [])];
  return `| ${[linkOf(row), row.what, counts.reduce((a, b) => a + b, 0), ...counts, why.join('; ')].join(' | ')} |`;
}

const reasonOf = ({ reason, places }: Stay): string =>
  `${reason} (${places[0]}${places.length > 1 ? `, ${places.length} places` : ''})`.replaceAll('|', '\\|');
