import { arch, platform } from 'node:os';
import type { OnRuntime } from './compare.ts';
import type { Application } from './list.ts';
import type { TestResult } from './own-tests.ts';

/** Everything measured on one application. Absent fields: the run did not come that far, and `failed` says why. */
export interface Row {
  name: string;
  repository: string;
  commit: string;
  folder: string;
  what: string;
  date: string;
  failed: string | null;
  lines?: number;
  routes?: number;
  outcomes?: { converted: number; bridged: number; kept?: number; refused: number };
  reasons?: string[];
  left?: string[];
  runtimes?: OnRuntime[];
  tests?: { before: TestResult | null; after: TestResult | null };
}

/** Applications that were tried and cannot be compared, with the reason. */
const LEFT_OUT: readonly (readonly [repository: string, why: string])[] = [
  [
    'chrjl/cms--express-sqlite',
    'the original ends by itself: it answers one request twice (ERR_HTTP_HEADERS_SENT)',
  ],
  [
    'hemengke1997/express-upload-demo',
    'the original resets connections: where a file to delete is not there, its handler answers twice',
  ],
];

/** `docs/field-test.md` from what was measured. */
export function page(rows: readonly Row[], list: readonly Application[], version: string): string {
  const complete = rows.filter((row) => isBooted(row));
  const clean = complete.filter((row) =>
    row.runtimes?.every(({ runs }) => runs.every(({ verdict }) => verdict === 'PASS')),
  );
  return [
    '# Field test: express-to-hono on applications we did not write',
    '',
    `Made by \`npm run field-test\`, migrate ${version}, ${platform()} ${arch()}; each row says when. Each application is taken from`,
    'GitHub at the commit named, installed, converted by `migrate codemod run express-to-hono` with no manual edit, and compared',
    'with the original on Node 22: requests made up for every route (`--traffic routes`), and where a session matters a script of',
    'our own. Their code is not part of this repository.',
    '',
    `**${rows.length} applications; ${complete.length} boot on Node, Bun and Deno; ${clean.length} of these with the verdict PASS on every run.**`,
    '',
    '| application | lines | routes | converted | bridged | kept | refused | Node | Bun | Deno | own tests before → after |',
    '| --- | --: | --: | --: | --: | --: | --: | --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| [${row.name}](#${row.name}) | ${[
          row.lines,
          row.routes,
          row.outcomes?.converted,
          row.outcomes?.bridged,
          row.outcomes?.kept,
          row.outcomes?.refused,
        ]
          .map((value) => value?.toLocaleString('en-US') ?? '–')
          .join(
            ' | ',
          )} | ${['node@22', 'bun', 'deno'].map((runtime) => cell(row, runtime)).join(' | ')} | ${tests(row)} |`,
    ),
    '',
    'A runtime’s cell: `differing / compared` exchanges, or that the application did not start.',
    '',
    ...rows.flatMap((row) => section(row, list)),
    '## Tried and not in the table',
    '',
    ...LEFT_OUT.map(([repository, why]) => `- [${repository}](https://github.com/${repository}): ${why}`),
    '',
  ].join('\n');
}

const isBooted = ({ runtimes }: Row) =>
  runtimes !== undefined &&
  runtimes.length === 3 &&
  runtimes.every(({ failed, runs }) => failed === null && runs.length > 0);

const differing = ({ runs }: OnRuntime) => runs.reduce((sum, run) => sum + run.differing, 0);

function cell({ runtimes }: Row, name: string): string {
  const on = runtimes?.find(({ runtime }) => runtime === name);
  if (on === undefined) return '–';
  if (on.failed !== null) return 'does not start';
  const other = [...new Set(on.runs.map(({ verdict }) => verdict))].filter(
    (verdict) => !/PASS|FAIL/.test(verdict),
  );
  const compared = on.runs.reduce((sum, run) => sum + run.compared, 0);
  return `${differing(on)} / ${compared}${other.length === 0 ? '' : ` ${other.join(', ')}`}`;
}

function tests({ tests: both }: Row): string {
  if (!both?.before) return 'none';
  const said = (one: TestResult | null) =>
    one === null || one.passed === null
      ? `exit ${one?.exitCode ?? '–'}`
      : `${one.passed} ok${one.failed ? `, ${one.failed} failed` : ''}`;
  return `${said(both.before)} → ${said(both.after)}`;
}

function section(row: Row, list: readonly Application[]): string[] {
  const app = list.find(({ name }) => name === row.name);
  const at = row.folder === '.' ? '' : `, \`${row.folder}\``;
  const lines = [
    `## ${row.name}`,
    '',
    `[${row.repository}](https://github.com/${row.repository}/tree/${row.commit})${at}: ${row.what}. Measured ${row.date}.`,
    '',
  ];
  if (app?.note !== undefined) lines.push(app.note, '');
  if (row.failed !== null) lines.push(`Not measured to the end: ${firstLine(row.failed)}`, '');
  if (row.reasons && row.reasons.length > 0) lines.push(...row.reasons.map((reason) => `- ${reason}`), '');
  if (row.left && row.left.length > 0) {
    lines.push('Left for the user:', '', ...row.left.slice(0, 8).map((one) => `- ${one}`));
    lines.push(...(row.left.length > 8 ? [`- and ${row.left.length - 8} more`] : []), '');
  }
  for (const { runtime, version, failed, runs } of row.runtimes ?? []) {
    if (failed !== null) lines.push(`- ${runtime}: does not start. ${firstLine(failed)}`);
    for (const run of runs) {
      const rules = Object.entries(run.explained).map(([id, count]) => `${id} ×${count}`);
      const because = rules.length === 0 ? '' : ` Explained by rules: ${rules.join(', ')}.`;
      lines.push(
        `- ${runtime} (${version}), ${run.traffic}: **${run.verdict}**, ${run.differing} of ${run.compared} exchanges differ, ${run.routes - run.uncovered} of ${run.routes} routes reached.${because}`,
        ...run.differences.slice(0, 6).map((one) => `  - ${one}`),
      );
    }
  }
  return [...lines, ...accepted(app?.waivers ?? []), ''];
}

/** What is accepted, a line for each reason: where, on which runtime, and why. */
function accepted(waivers: Application['waivers']): string[] {
  const places = new Map<string, string[]>();
  for (const { route, location, runtime, reason } of waivers) {
    const key = `${location}${runtime === undefined ? '' : ` on ${runtime}`}: ${reason}`;
    places.set(key, [...(places.get(key) ?? []), route === '*' ? 'every route' : route]);
  }
  return [...places].map(([what, routes]) => `- accepted at ${routes.join(', ')}, ${what}`);
}

const firstLine = (text: string): string =>
  text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim() ?? '';
