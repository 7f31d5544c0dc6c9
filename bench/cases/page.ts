import type { Conversion, Way } from './convert.ts';
import type { Case } from './list.ts';
import type { Told } from './steps.ts';

export interface Row {
  one: Case;
  told: Told[];
  conversion: Conversion | null;
}

/**
 * right: the answers of the original on every runtime, or the command says what the case asks for. left: nothing is
 * changed, and each place is named. announced: plain Hono answers otherwise and the codemod lists what it leaves out. wrong: the rest.
 */
export type Verdict = 'right' | 'left' | 'announced' | 'wrong';

const differs = ({ differences }: Way): boolean => differences.length > 0;

function verdict({ told, conversion }: Row): Verdict {
  if (told.some(({ missing }) => missing.length > 0)) return 'wrong';
  if (conversion === null) return 'right';
  const { ways, places, changed, leftOut } = conversion;
  if (ways.some((way) => differs(way) && !way.name.startsWith('idiomatic on'))) return 'wrong';
  if (!changed) return places.length > 0 ? 'left' : 'wrong';
  if (ways.some(differs)) return leftOut.length > 0 ? 'announced' : 'wrong';
  return 'right';
}

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim();

function seen({ told, conversion }: Row): string[] {
  const lines = told.map(({ command, missing }) => [`\`${command}\``, ...missing].join(' '));
  if (conversion === null) return lines;
  for (const { name, same, all, ofRuntime } of conversion.ways) {
    const also = ofRuntime === 0 ? '' : `, ${ofRuntime} as the original there`;
    lines.push(`${name}: ${same} of ${all} the same${also}`);
  }
  return lines;
}

function line(row: Row): string {
  const differences = row.conversion?.ways.flatMap(({ name, differences: list }) =>
    list.map((each) => `    ${name}: ${each.slice(0, 240)}`),
  );
  const head = `${verdict(row).padEnd(10)} ${row.one.name}  ${seen(row).join(' · ')}`;
  const places = row.conversion?.places.map((each) => `    at ${each}`) ?? [];
  return [head, ...(differences ?? []), ...places].join('\n');
}

function whole(rows: readonly Row[], machine: string): string {
  const count = (wanted: Verdict) => rows.filter((row) => verdict(row) === wanted).length;
  const lines = [
    '# Conditions that users met',
    '',
    'Written by `npm run cases -- <folder> --write`; nothing here is typed by hand. Each row is a small application made from',
    'a public bug report about Express, Hono, Bun, Deno, Workers or a comparison tool. A probe asks the original on Node 22',
    'and the converted one on Node 22, Bun and Deno; a plan or a shadow run is held against what it has to say.',
    '',
    '- **right**: the same observations everywhere, or the command says or finds what it has to.',
    '- **left**: nothing is changed, and each place that stands in the way is named.',
    '- **announced**: `--parity wire` is the same everywhere; `--parity idiomatic` differs and lists what it leaves out.',
    '- **wrong**: the rest.',
    '',
    `${machine}.`,
    '',
    `**${rows.length} cases: ${count('right')} right, ${count('left')} left, ${count('announced')} announced, ${count('wrong')} wrong.**`,
    '',
    '| case | condition | right value | | seen | not converted |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => {
      const places = row.conversion?.places.slice(0, 3) ?? [];
      const columns = [
        row.one.name,
        row.one.condition,
        row.one.right,
        verdict(row),
        seen(row).join(' · '),
        places.join(' · '),
      ];
      return `| ${columns.map(cell).join(' | ')} |`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

/** How rows are judged and shown. */
export const page = { verdict, line, whole };
