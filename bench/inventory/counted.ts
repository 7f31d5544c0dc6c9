/** Routes of an application that were counted once, by hand or from its own routers, beside those that are read. */
export interface Counted {
  repository: string;
  commit: string;
  framework: string;
  what: string;
  /** What they were counted by. */
  how: string;
  held: number;
  /** Read before anything was mended for it, and after. None was read that is not held. */
  first: number;
  read: number;
  note?: string;
}

/** The section about applications that nobody had tried before they were counted. */
export function countedSection(counted: readonly Counted[]): string[] {
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  return [
    '## Unseen',
    '',
    'Applications that nobody had tried, counted once: by their files, or by their routers where they could be started. No route',
    'was read that is not there. What was missed at first sight is named below; the kind was mended.',
    '',
    '| application | what it is | counted by | routes | read at first sight | read now |',
    '| --- | --- | --- | ---: | ---: | ---: |',
    ...counted.map(
      ({ repository, commit, framework, what, how, held, first, read }) =>
        `| [${repository}](https://github.com/${repository}/tree/${commit}) (${framework}) | ${what} | ${how} | ${held} | ${first} (${percent(first, held)}) | ${read} (${percent(read, held)}) |`,
    ),
    '',
    ...counted.flatMap(({ repository, note }) => (note === undefined ? [] : [`- ${repository}: ${note}.`])),
    '',
  ];
}
