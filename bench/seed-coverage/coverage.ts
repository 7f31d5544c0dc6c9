import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Gates, StageGates } from '../../src/model/gates.ts';

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

/** What is wrong with the entries: one that is missing or has no home and no reason, and homes that are not there. */
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
    ...all.flatMap(([number, , homes, left]) => [
      ...(homes.length === 0 && !left ? [`${number} has no home and no reason`] : []),
      ...homes.filter((home) => !isThere(home)).map((home) => `${number}: ${home} is not there`),
    ]),
  ];
}

/** Whether a home is there: a command, a rule, a gate, a codemod, or a file or folder. */
function homesOf(root: string): (home: string) => boolean {
  const rules = readFileSync(join(root, 'playbooks/data/incompatibilities.yaml'), 'utf8');
  const ids = new Set((parse(rules) as { rows: { id: string }[] }).rows.map(({ id }) => id));
  const commands = readdirSync(join(root, 'src/commands/entries')).map((name) => name.replace(/\.ts$/, ''));
  const gates = new Set([...Object.keys(Gates.shape), ...Object.keys(StageGates.shape)]);
  return (home) => {
    const [kind, name = '', sub = ''] = home.split(' ');
    if (kind === 'migrate') return commands.includes(name) || commands.includes(`${name}-${sub}`);
    if (kind === 'rule') return ids.has(name);
    if (kind === 'gate') return gates.has(name);
    if (kind === 'codemod') return existsSync(join(root, 'codemods', name, 'index.ts'));
    return existsSync(join(root, home));
  };
}

/** The page: every statement with its homes. */
export function pageOf({ sections }: Entries): string {
  const all = sections.flatMap(({ entries }) => entries);
  const answered = all.filter(([, , homes]) => homes.length > 0);
  const part = answered.filter(([, , , left]) => left !== undefined);
  const lines = [
    '# Where the article is answered',
    '',
    'This tool began with an article on runtimes. Below is what each of its statements is about, and where its answer is: a file, a',
    'command, a rule of `playbooks/data/incompatibilities.yaml`, a gate of `.migrate/gates.yaml`, a codemod. Generated from',
    '`bench/seed-coverage/entries.yaml` by `node .tasks/bench.mjs seed-coverage`; a test looks whether each home is there.',
    '',
    `Of ${all.length} statements ${answered.length - part.length} are answered, ${part.length} in part, ${all.length - answered.length} not, with the reason.`,
  ];
  for (const { title, entries } of sections) {
    lines.push('', `## ${title}`, '', '| | about | home | missing |', '| ---: | --- | --- | --- |');
    for (const [number, about, homes, left = ''] of entries)
      lines.push(
        `| ${number} | ${about} | ${homes.map((home) => `\`${home}\``).join(', ') || 'none'} | ${left} |`,
      );
  }
  return `${lines.join('\n')}\n`;
}
