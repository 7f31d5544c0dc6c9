import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { KINDS, type Kind } from './cases.ts';
import type { Outcome } from './convert.ts';
import type { Kept } from './kept.ts';
import { keptCell, keptSummary } from './kept-table.ts';
import { type CoverageRun, type Guards, type Row, repositoryRoot } from './run.ts';

export const OUTCOMES: Outcome[] = ['converted', 'bridged', 'kept', 'refused', 'told', 'wrong'];
const TITLES: Record<Kind, string> = {
  member: 'Members of the API reference',
  package: 'Middleware packages',
  shape: 'Shapes of code',
  adversarial: 'Adversarial cases',
};

/** Repositories that use a subject, by kind: `coverage/usage.yaml`. */
export function usage(): Partial<Record<Kind, Record<string, number>>> {
  const file = join(repositoryRoot(), 'codemods', 'express-to-hono', 'coverage', 'usage.yaml');
  return parse(readFileSync(file, 'utf8'));
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

const count = (rows: readonly Row[], outcome: Outcome): number =>
  rows.filter((row) => row.outcome === outcome).length;

/** How much of the use of a kind has each outcome, by repositories; the everyday case of a subject stands for it. */
export function weighted(rows: readonly Row[], kind: Kind): Record<Outcome, number> & { all: number } {
  const sums = { converted: 0, bridged: 0, kept: 0, refused: 0, told: 0, wrong: 0, all: 0 };
  for (const [subject, repositories] of Object.entries(usage()[kind] ?? {})) {
    const own = rows.filter(({ one }) => one.kind === kind && one.subject === subject);
    const everyday = own.filter(({ one }) => one.variant === null);
    for (const row of everyday) {
      sums[row.outcome] += repositories / everyday.length;
      sums.all += repositories / everyday.length;
    }
  }
  return sums;
}

/** One line for each kind and one for all, as text. */
export function summary(rows: readonly Row[]): string {
  const lines = KINDS.map((kind) => {
    const own = rows.filter(({ one }) => one.kind === kind);
    const { all, ...sums } = weighted(rows, kind);
    const counts = OUTCOMES.map((outcome) => `${outcome} ${count(own, outcome)}`).join(', ');
    const weight = OUTCOMES.map((outcome) => `${outcome} ${percent(sums[outcome], all)}`).join(', ');
    return `${kind}: ${own.length} cases, ${counts}${all > 0 ? `; by repositories: ${weight}` : ''}`;
  });
  const counts = OUTCOMES.map((outcome) => `${outcome} ${count(rows, outcome)}`).join(', ');
  return [...lines, `all: ${rows.length} cases, ${counts}`].join('\n');
}

/** What became of guards, in one line. */
export const guarded = ({ keptOut, letIn }: Guards): string =>
  `Guards: ${keptOut} requests that the original answers with 401 or 403, ${letIn} let in after the conversion.`;

/** A text inside a table. */
export const cell = (text: string): string =>
  text.replace(/\|/g, '\\|').replace(/</g, '&lt;').replace(/\s+/g, ' ').slice(0, 300);

/** `docs/express-coverage.md`. */
export function page(
  rows: readonly Row[],
  runtimes: CoverageRun['runtimes'],
  guards: Guards,
  kept: Kept,
): string {
  const names = runtimes.map(({ name, version }) => `${name} ${version}`);
  const head = ['# Express coverage', ''];
  head.push(
    'Written by `npm run coverage:express`; nothing here is typed by hand. Each row is a small Express application from',
    '`codemods/express-to-hono/coverage/cases` with its requests. The original runs on Node, the converted application on',
    `${names.join(', ')}. Answers are compared raw: status line, headers, body. Only \`Date\`, \`Connection\`, the order`,
    'and case of header names, and what a case masks (session ids, dates of expiry) are left out.',
    '',
    '- **converted**: idiomatic Hono, same answers. **bridged**: middleware of a package runs as it was behind a bridge,',
    '  same answers. **kept**: a part stays in Express, beside what was converted, same answers.',
    '- **refused**: not one byte is changed, and the reason is given. **told**: another answer, and the codemod says',
    '  where and why. **wrong**: another answer, or it does not start, and nothing was said.',
    '',
    'A TypeScript case passes tsc (`strict`) before, and has to after. Node runs it compiled, Bun and Deno (there with',
    '`--sloppy-imports`, as its imports may name no `.ts`) as it is.',
    '',
    'A subject may have variants; by repositories, its everyday case (the one without a variant) stands for it.',
    'For Workers a case is converted with `--target workers`, where nothing is bridged, and run by workerd; one that cannot',
    'run there has the reason in its column. Three differences are allowed there, by rules of the shadow run:',
    '`workerd-reason-phrase` (the phrase behind a status is workerd’s own or none), `framing` (chunks in place of',
    'Content-Length; not for HEAD), `header-lines` (several lines of one field as one; not for Set-Cookie). The network in',
    'front of a Worker gives the address of the client in CF-Connecting-IP: so does this run.',
    '',
    '| | cases | converted | bridged | kept | refused | told | wrong | by repositories: converted | bridged | kept | refused |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const kind of KINDS) {
    const own = rows.filter(({ one }) => one.kind === kind);
    const { all, ...sums } = weighted(rows, kind);
    const cells = [...OUTCOMES.map((outcome) => count(own, outcome))];
    const parts = (['converted', 'bridged', 'kept', 'refused'] as const).map((each) =>
      percent(sums[each], all),
    );
    head.push(`| ${TITLES[kind]} | ${[own.length, ...cells, ...parts].join(' | ')} |`);
  }
  head.push('', guarded(guards), ...keptSummary(rows, kept, TITLES));
  const sections = KINDS.flatMap((kind) => section(kind, rows, runtimes, kept));
  return `${[...head, ...sections].join('\n')}\n`;
}

function section(kind: Kind, rows: readonly Row[], runtimes: CoverageRun['runtimes'], kept: Kept): string[] {
  const known = usage()[kind] ?? {};
  const own = rows.filter(({ one }) => one.kind === kind);
  const order = (row: Row) => known[row.one.subject] ?? 0;
  own.sort((a, b) => order(b) - order(a) || (a.one.id < b.one.id ? -1 : 1));
  const columns = runtimes.map(({ name }) => name);
  const lines = ['', `## ${TITLES[kind]}`, ''];
  lines.push(`| case | Express | repositories | outcome | ${columns.join(' | ')} | kept | why |`);
  lines.push(`| --- | --- | --- | --- | ${columns.map(() => '---').join(' | ')} | --- | --- |`);
  for (const { one, outcome, why, runtimes: results, notRun } of own) {
    const name = one.variant === null ? one.subject : `${one.subject} – ${one.variant}`;
    const cells = columns.map((each) => {
      const result = results[each];
      if (result === undefined) return cell(notRun[each] ?? '');
      return result === null ? 'same' : '**differs**';
    });
    const shown = outcome === 'wrong' ? '**wrong**' : outcome;
    const many = one.variant === null ? (known[one.subject] ?? '') : '';
    const all = [cell(name), one.express, many, shown, ...cells, cell(keptCell(kept.get(one.id)))];
    lines.push(`| ${all.join(' | ')} | ${cell(why.join('; '))} |`);
  }
  return lines;
}

/** Outcome by case, as committed: `coverage/outcomes.json`. */
export function outcomesFile(rows: readonly Row[]): string {
  const entries = rows.map(({ one, outcome }) => [one.id, outcome]).sort();
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
