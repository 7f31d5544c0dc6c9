import type { HeldOut } from './applications.ts';
import { type Counted, countedSection } from './counted.ts';
import type { Tried } from './tries.ts';

/** What was found about one application. */
export interface Row {
  name: string;
  framework: string;
  repository: string;
  commit: string;
  what: string;
  date: string;
  same: number;
  missed: string[];
  extra: string[];
  ofPackages: number;
  /** "Not checked" lines of its inventory. */
  notChecked: number;
  /** Why its routes were not asked for. */
  failed?: string;
  /** What `migrate try` found, where it was asked. */
  tried?: Tried;
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

/** Recall and precision of the first measurement. */
const heldOut = (first: HeldOut | undefined): string =>
  first === undefined
    ? '– | –'
    : `${percent(first.held - first.missed, first.held)} | ${percent(first.held - first.missed, first.held - first.missed + first.extra)}`;

function triedSection(rows: readonly Row[]): string[] {
  const tried = rows.flatMap(({ name, tried: one }) => (one === undefined ? [] : { name, ...one }));
  if (tried.length === 0) return [];
  const complete = tried.filter(({ reason }) => reason === undefined);
  return [
    '## Tried',
    '',
    `\`migrate try\` started each on the runtime of today, on a newer Node and on Bun, and asked every row for its routes: ${complete.length} of`,
    `${tried.length} complete. Repeat with \`npm run bench:inventory -- --depth try\`.`,
    '',
    '| application | requests asked | rows that start | complete | tried |',
    '| --- | ---: | ---: | --- | --- |',
    ...tried.map(
      ({ name, asked, rows: { start, of }, reason, date }) =>
        `| ${name} | ${asked} | ${start} of ${of} | ${reason === undefined ? 'yes' : `no: ${reason.replaceAll('|', '/').slice(0, 200)}`} | ${date} |`,
    ),
    '',
  ];
}

/** `docs/inventory.md`: recall and precision of routes, by framework and by application, with every miss. */
export function page(
  rows: readonly Row[],
  first: ReadonlyMap<string, HeldOut>,
  counted: readonly Counted[],
): string {
  const ran = rows.filter(({ failed }) => failed === undefined);
  const frameworks = [...new Set(ran.map(({ framework }) => framework))];
  const sum = (some: readonly Row[]) => ({
    same: some.reduce((total, row) => total + row.same, 0),
    missed: some.reduce((total, row) => total + row.missed.length, 0),
    extra: some.reduce((total, row) => total + row.extra.length, 0),
  });
  const figures = (some: readonly Row[]) => {
    const { same, missed, extra } = sum(some);
    return `${same + missed} | ${same} | ${percent(same, same + missed)} | ${percent(same, same + extra)}`;
  };
  const misses = ran.flatMap(({ name, missed, extra }) => [
    ...missed.map((route) => `- ${name}: \`${route}\` is held and was not read.`),
    ...extra.map((route) => `- ${name}: \`${route}\` was read and is not held.`),
  ]);
  return [
    '# What the inventory finds',
    '',
    'Routes that `migrate inventory` reads from the source, beside those that the framework itself holds once the application has',
    'started: its hooks, its routers, its own list, its build (Next), the answers to requests (plain servers, by request; AWS Lambda, by',
    'the events that Serverless or a SAM template gives to each handler, which is called with them). A slash at the end and the HEAD that frameworks add to a GET are no difference;',
    'routes that a plugin of a package adds are said as "not checked" and are not counted. None of these applications is ours.',
    'Repeat with `npm run bench:inventory`.',
    '',
    '| framework | applications | routes held | read | recall | precision |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...frameworks.map((framework) => {
      const own = ran.filter((row) => row.framework === framework);
      return `| ${framework} | ${own.length} | ${figures(own)} |`;
    }),
    `| all | ${ran.length} | ${figures(ran)} |`,
    '',
    'Held out: the first figures of an application, taken before anything was mended for it. Then the kind was mended, never the',
    'one application, and all were measured again.',
    'Of a second draw of twenty, six were measured, five of them exact at first sight (fastify-drizzle was not); the others could',
    'not be installed or started where this was measured. Of a third draw of five, for frameworks that had the fewest, three were',
    'exact at first sight (next-supabase and elysia-locks were not).',
    '',
    '| application | what it is | routes held | read | recall | precision | held out: recall | precision | of packages | measured |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...ran.map(
      (row) =>
        `| [${row.name}](https://github.com/${row.repository}/tree/${row.commit}) | ${row.what} | ${figures([row])} | ${heldOut(first.get(row.name))} | ${row.ofPackages} | ${row.date} |`,
    ),
    '',
    ...countedSection(counted),
    ...triedSection(rows),
    '',
    '## Every miss',
    '',
    ...(misses.length > 0 ? misses : ['None.']),
    ...rows
      .filter(({ failed }) => failed !== undefined)
      .map(({ name, failed }) => `- ${name} was not measured: ${failed}`),
    '',
  ].join('\n');
}
