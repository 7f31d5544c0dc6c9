import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { homesOf } from './homes.ts';

/** Statements of the article, as they are numbered. */
export const STATEMENTS = 173;

const Entry = z.tuple([z.int(), z.string(), z.array(z.string()), z.string().optional()]);
const Entries = z.strictObject({
  sections: z.array(z.strictObject({ title: z.string(), entries: z.array(Entry) })),
});
export type Entries = z.infer<typeof Entries>;

/** @param root this repository */
export const readEntries = (root: string): Entries =>
  Entries.parse(parse(readFileSync(join(root, 'bench/seed-coverage/entries.yaml'), 'utf8')));

/** What is wrong with the entries: one that is missing or has no home, and homes that are not there. */
export function mistakes(root: string, { sections }: Entries): string[] {
  const all = sections.flatMap(({ entries }) => entries);
  const numbers = new Set(all.map(([number]) => number));
  const missing = Array.from({ length: STATEMENTS }, (_, i) => i + 1).filter(
    (number) => !numbers.has(number),
  );
  const isThere = homesOf(root);
  return [
    ...missing.map((number) => `${number} is missing`),
    ...(numbers.size < all.length ? ['a number stands twice'] : []),
    ...all.flatMap(([number, , homes]) => [
      ...(homes.length === 0 ? [`${number} has no home`] : []),
      ...homes.filter((home) => !isThere(home)).map((home) => `${number}: ${home} is not there`),
    ]),
  ];
}

/** The page: every statement with its homes. */
export function pageOf({ sections }: Entries): string {
  const all = sections.flatMap(({ entries }) => entries);
  const part = all.filter(([, , , left]) => left !== undefined);
  const lines = [
    '# Where the article is answered',
    '',
    'This tool began with an article on runtimes. Below is what each of its statements is about, and where its answer is: a file, a',
    'command, a `rule` of `playbooks/rules`, a `platform` that is judged or has `ended` in',
    '`platforms.yaml`, a point of `migrate checklist`, a `sign` that the inventory reads, a `gate` of `.migrate/gates.yaml`, a codemod. What no',
    'check can confirm has a line in [context.md](context.md). Generated from `bench/seed-coverage/entries.yaml` by',
    '`node .tasks/bench.mjs seed-coverage`; a test fails where one has no home, or the home is not there.',
    '',
    `Of ${all.length} statements ${all.length - part.length} are answered, ${part.length} in part.`,
  ];
  for (const { title, entries } of sections) {
    lines.push('', `## ${title}`, '', '| | about | home | missing |', '| ---: | --- | --- | --- |');
    for (const [number, about, homes, left = ''] of entries)
      lines.push(`| ${number} | ${about} | ${homes.map((home) => `\`${home}\``).join(', ')} | ${left} |`);
  }
  return `${lines.join('\n')}\n`;
}
