import { arch, platform } from 'node:os';
import { RUNTIMES } from './compare.ts';
import { type Conversion, isRefused, NOTHING_CONVERTED, shareOf } from './convert.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Application } from './list.ts';
import type { TestResult } from './own-tests.ts';
import type { Row } from './row.ts';
import { section } from './section.ts';
import { firstLine, number, percent } from './words.ts';

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
export function page(rows: readonly Row[], list: readonly Application[]): string {
  const appOf = (row: Row) => list.find(({ name }) => name === row.name);
  return [
    '# Field test: express-to-hono on applications we did not write',
    '',
    `Made by \`npm run field-test\`, ${platform()} ${arch()}; each row says when, and with which release. Each application is taken`,
    'from GitHub at the commit named. Their code is not part of this repository. In two depths:',
    '',
    '- **converted**: `migrate codemod run express-to-hono --parity idiomatic` on the source, once for Node, Bun and Deno',
    '  (`--target node`) and once for Workers, with no manual edit;',
    '- **run**: installed, set up, converted, started on Node 22, Bun and Deno, and compared by `migrate shadow run` with the original',
    '  on Node 22: requests made up for every route (`--traffic routes`), and where a session matters a script of our own. Where the',
    '  name of a database is written in the code, both sides read it from the environment, so that no two share one.',
    '',
    ...headline(figuresOf(rows)),
    '',
    '## Converted',
    '',
    '| application | lines | handlers | converted | bridged | kept | refused | routes: Hono · package · Express | on Workers: Hono · package · Express · cannot run | written | CPU s |',
    '| --- | --: | --: | --: | --: | --: | --: | --- | --- | --: | --: |',
    ...rows.map(convertedLine),
    '',
    'Handlers are functions that answer or pass on requests, and uses of packages that do. **bridged**: runs as it is behind a bridge to',
    'Node’s request and response; **kept**: stays in Express, in the same process; **refused**: nothing of the application is',
    'changed. A route is answered by **Hono**, by a **package**’s own middleware, or by **Express**. **cannot run**: named with what it',
    'lacks on Workers. **written**: lines of files that the conversion adds.',
    '',
    '## Run',
    '',
    '| application | Node | Bun | Deno | owned | own tests before → after | CPU ms a request, before → after |',
    '| --- | --- | --- | --- | --: | --- | --- |',
    ...rows.map((row) => runLine(row, appOf(row))),
    '',
    'A runtime’s cell: the verdict, and `differing / compared` exchanges where something differs unexplained. **owned**: differences on Node that',
    'the conversion had announced, each by the edit that causes it. CPU: of the server’s process on Node, the median of three rounds of 400 requests',
    'for up to three GET routes that answer with success.',
    '',
    ...rows.flatMap((row) => section(row, appOf(row))),
    '## Tried and not in the tables',
    '',
    ...LEFT_OUT.map(([repository, why]) => `- [${repository}](https://github.com/${repository}): ${why}`),
    '',
  ].join('\n');
}

function headline(figures: Figures): string[] {
  const { converted, median, whole, refused, run, boot, pass, compared, differing, owned, tests, green } =
    figures;
  const verdicts = Object.entries(figures.verdicts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
  return [
    `**${figures.applications} applications.**`,
    '',
    `- **Converted: ${converted}.** Median of handlers converted ${percent(median.node)} (Workers ${percent(median.workers)}); ${whole.node} whole (Workers ${whole.workers}); refused whole ${refused.node} (Workers ${refused.workers}).`,
    `- Of those refused on Node, ${figures.inPlace} convert with \`--in-place\`, as the codemod tells then; of the routes of those refused on Workers, ${figures.unnamed} are not named with what they lack there.`,
    `- **Run: ${run}.** ${boot} boot on Node, Bun and Deno; ${pass} of these have the verdict PASS in every run${verdicts === '' ? '' : ` (runs: ${verdicts})`}.`,
    `- ${number(compared)} exchanges compared: ${number(differing)} differ unexplained; ${number(owned)} differences are owned by the edit that announced them.`,
    `- Own tests: ${green} of ${tests} applications that have some pass as many as before.`,
    ...(figures.cpu === null
      ? []
      : [
          `- CPU time of a request on Node, over ${figures.cpu.of} applications: median ${figures.cpu.median.toFixed(2)} times the original’s.`,
        ]),
  ];
}

function convertedLine({ name, converted, failed }: Row): string {
  if (!converted)
    return `| [${name}](#${name}) | ${failed ? 'the codemod failed' : 'not converted yet'} | | | | | | | | | |`;
  const { node, workers, lines } = converted;
  const { handlers, generated, seconds } = node;
  const all = Object.values(handlers).reduce((sum, one) => sum + one, 0);
  return `| ${[
    `[${name}](#${name})`,
    ...[number(lines), number(all), percent(shareOf(node))],
    ...[handlers.bridged, handlers.kept, handlers.refused].map((one) => (one === 0 ? '' : number(one))),
    worlds(node),
    `${worlds(workers)} · ${workers.limits.length}`,
    ...[number(generated), seconds.toFixed(1)],
  ].join(' | ')} |`;
}

const worlds = ({ routes }: Conversion): string =>
  routes === null ? '–' : `${routes.hono} · ${routes.package} · ${routes.express}`;

function runLine({ name, run, converted }: Row, app: Application | undefined): string {
  const link = `[${name}](#${name})`;
  if (!run) {
    const isWhole = converted !== undefined && isRefused(converted.node) && !converted.inPlace;
    const why = isWhole ? NOTHING_CONVERTED : (app?.unrun ?? 'its turn has not come');
    return `| ${link} | not run: ${why} | | | | | |`;
  }
  if (run.failed !== null) return `| ${link} | not run: ${firstLine(run.failed)} | | | | | |`;
  const owned = run.runtimes[0]?.runs.reduce(
    (sum, one) => sum + Object.values(one.owned).reduce((all, count) => all + count, 0),
    0,
  );
  return `| ${[
    link,
    ...RUNTIMES.map((runtime) => cell(run.runtimes.find((one) => one.runtime === runtime))),
    owned ?? '',
    testsCell(run.tests),
    run.cpu ? `${run.cpu.original.at.toFixed(2)} → ${run.cpu.converted.at.toFixed(2)}` : '–',
  ].join(' | ')} |`;
}

/** The verdict on one runtime. */
export function cell(on: NonNullable<Row['run']>['runtimes'][number] | undefined): string {
  if (on === undefined) return '–';
  if (on.failed !== null) return on.originalBoots === false ? 'nor does the original' : 'does not start';
  return [
    ...new Set(
      on.runs.map(({ verdict, differing, compared }) =>
        differing === 0 ? verdict : `${verdict} ${differing} / ${number(compared)}`,
      ),
    ),
  ].join(', ');
}

/** What its own tests say, before and after. */
export function testsCell(tests: NonNullable<Row['run']>['tests']): string {
  if (!tests?.before) return 'none';
  const said = (one: TestResult | null) =>
    one === null || one.passed === null
      ? `exit ${one?.exitCode ?? '–'}`
      : `${one.passed} ok${one.failed ? `, ${one.failed} failed` : ''}`;
  return `${said(tests.before)} → ${said(tests.after)}`;
}
