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
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

/** `docs/inventory.md`: recall and precision of routes, by framework and by application, with every miss. */
export function page(rows: readonly Row[]): string {
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
    'started: its hooks, its routers or its own list. A slash at the end and the HEAD that frameworks add to a GET are no difference;',
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
    '| application | what it is | routes held | read | recall | precision | of packages | measured |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...ran.map(
      (row) =>
        `| [${row.name}](https://github.com/${row.repository}/tree/${row.commit}) | ${row.what} | ${figures([row])} | ${row.ofPackages} | ${row.date} |`,
    ),
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
