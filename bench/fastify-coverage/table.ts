import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../express-coverage/cases.ts';
import type { Outcome } from '../express-coverage/convert.ts';
import { type CoverageRun, type Row, repositoryRoot } from '../express-coverage/run.ts';
import { cell } from '../express-coverage/table.ts';

const OUTCOMES: readonly Outcome[] = ['converted', 'kept', 'refused', 'told', 'wrong'];

/** Outcomes by case, as committed: `coverage/outcomes.json`. */
export const outcomesPath = (): string =>
  join(repositoryRoot(), 'codemods', 'fastify-to-hono', 'coverage', 'outcomes.json');

export const committedOutcomes = (): Record<string, Outcome> =>
  JSON.parse(readFileSync(outcomesPath(), 'utf8'));

export const outcomesFile = (rows: readonly Row[]): string =>
  `${JSON.stringify(Object.fromEntries(rows.map(({ one, outcome }) => [one.id, outcome]).sort()), null, 2)}\n`;

/** How many cases have each outcome, in one line. */
export const summary = (rows: readonly Row[]): string => {
  const counts = OUTCOMES.map((each) => `${each} ${rows.filter(({ outcome }) => outcome === each).length}`);
  return `all: ${rows.length} cases, ${counts.join(', ')}`;
};

/** `docs/fastify-coverage.md`. */
export function page(
  { rows, runtimes, guards }: Pick<CoverageRun, 'rows' | 'runtimes' | 'guards'>,
  date: string,
): string {
  const names = runtimes.map(({ name, version }) => `${name} ${version}`).join(', ');
  const lines = [
    '# Fastify coverage',
    '',
    `Written by \`npm run coverage:fastify\` on ${date}; nothing here is typed by hand. Each row is a small Fastify application from`,
    '`codemods/fastify-to-hono/coverage/cases` with its requests. The original runs on Node, the converted one on',
    `${names}. Answers are compared raw: status line, headers, body. \`Date\`, \`Connection\`, the order`,
    'and case of header names are left out, and what the codemod announces: the charset of a type, and how an answer without a',
    'body is framed. For Workers a case is converted with `--target workers` and run by workerd, where the phrase of a status and the',
    'framing of a body are its own; what cannot run there has the reason in its column.',
    '',
    '- **converted**: the same answers. **kept**: the same, and a part of it stays in Fastify. **refused**: not one byte is changed,',
    '  and the reason is given.',
    '- **told**: another answer, and the codemod says where and why. **wrong**: another answer, or it does not start.',
    '',
    summary(rows),
    '',
    `Requests that the original keeps out (401, 403), on all runtimes: ${guards.keptOut}. Of these the output lets in: ${guards.letIn}.`,
  ];
  for (const kind of KINDS) {
    const own = rows.filter(({ one }) => one.kind === kind);
    if (own.length === 0) continue;
    lines.push('', `## ${kind[0]?.toUpperCase()}${kind.slice(1)}s`, '');
    lines.push(`| case | Fastify | outcome | ${runtimes.map(({ name }) => name).join(' | ')} | why |`);
    lines.push(`| --- | --- | --- | ${runtimes.map(() => '---').join(' | ')} | --- |`);
    for (const { one, outcome, why, runtimes: results, notRun } of own) {
      const name = one.variant === null ? one.subject : `${one.subject} – ${one.variant}`;
      const cells = runtimes.map(({ name: runtime }) => {
        const result = results[runtime];
        return result === undefined ? cell(notRun[runtime] ?? '') : result === null ? 'same' : '**differs**';
      });
      lines.push(`| ${[cell(name), one.express, outcome, ...cells].join(' | ')} | ${cell(why.join('; '))} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
