import { KINDS } from '../express-coverage/cases.ts';
import { cell } from '../express-coverage/table.ts';
import type { KoaRun, Outcome, Row } from './run.ts';

const TITLES = {
  member: 'Members of the context and the router',
  shape: 'Shapes of code',
  package: 'Middleware packages',
  adversarial: 'Adversarial cases',
} as const;
const OUTCOMES: readonly Outcome[] = ['converted', 'bridged', 'kept', 'refused', 'wrong'];

const count = (rows: readonly Row[], outcome: Outcome) =>
  rows.filter((row) => row.outcome === outcome).length;

/** One line for all cases. */
export const summary = (rows: readonly Row[]): string =>
  `${rows.length} cases: ${OUTCOMES.map((outcome) => `${outcome} ${count(rows, outcome)}`).join(', ')}`;

/** `docs/koa-coverage.md`. */
export function page({ rows, runtimes, guards }: KoaRun, date: string): string {
  const names = runtimes.map(({ name, version }) => `${name} ${version}`).join(', ');
  const lines = [
    '# Koa coverage',
    '',
    `Written by \`npm run coverage:koa\` on ${date}; nothing here is typed by hand. Each row is a small Koa application from`,
    '`codemods/koa-to-hono/coverage/cases` with its requests. The original runs on Node, the output of `koa-to-hono` on',
    `${names}. Status, headers and body are compared. What the codemod leaves out on purpose, and says`,
    'so (how a charset is spelled, an announced length, the text of a redirect), is no difference.',
    '',
    '- **converted**: Hono, same answers. **bridged**: some functions or packages stay Koa’s and run inside Hono, same answers.',
    '  **kept**: the application stays Koa’s and calls handlers of Hono, same answers.',
    '  **refused**: not one byte is changed, and the reason is given. **wrong**: another answer, or it does not start.',
    '',
    '| | cases | converted | bridged | kept | refused | wrong |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...KINDS.map((kind) => {
      const own = rows.filter(({ one }) => one.kind === kind);
      return `| ${TITLES[kind]} | ${[own.length, ...OUTCOMES.map((outcome) => count(own, outcome))].join(' | ')} |`;
    }),
    '',
    `Guards: ${guards.keptOut} requests that the original answers with 401 or 403, ${guards.letIn} let in after the conversion.`,
  ];
  for (const kind of KINDS) {
    lines.push('', `## ${TITLES[kind]}`, '');
    lines.push(`| case | Koa | outcome | ${runtimes.map(({ name }) => name).join(' | ')} | why |`);
    lines.push(`| --- | --- | --- | ${runtimes.map(() => '---').join(' | ')} | --- |`);
    for (const { one, outcome, why, runtimes: results, notRun } of rows.filter(
      (row) => row.one.kind === kind,
    )) {
      const cells = runtimes.map(({ name }) => {
        const result = results[name];
        if (result === undefined) return cell(notRun[name] ?? '');
        return result === null ? 'same' : '**differs**';
      });
      lines.push(`| ${[cell(one.subject), one.koa, outcome, ...cells, cell(why.join('; '))].join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Outcome by case, as committed: `coverage/outcomes.json`. */
export const outcomesFile = (rows: readonly Row[]): string =>
  `${JSON.stringify(Object.fromEntries(rows.map(({ one, outcome }) => [one.id, outcome]).sort()), null, 2)}\n`;
