import { join } from 'node:path';
import fastifyToHono from '../../codemods/fastify-to-hono/index.ts';
import { runOnTree } from '../../src/codemod/cases.ts';
import type { ChangeSet } from '../../src/model/changeset.ts';
import { repositoryRoot } from '../express-coverage/run.ts';
import { PublicApplication, readApplications, sourcesOf } from '../public-applications.ts';
import { writeSection } from '../section.ts';

/**
 * Converts copies of public applications and writes what became of their routes into docs/fastify-to-hono.md:
 * `npm run field:fastify -- <folder>`, where `<folder>/<owner>+<name>` is a checkout of each at its commit.
 */
const [folder = ''] = process.argv.slice(2);
const root = repositoryRoot();
const list = readApplications(PublicApplication, join(root, 'bench', 'fastify-field', 'applications.yaml'));
const lines = [
  '| application | what it is | handlers | Hono’s | stay | routes of Hono | why (the most frequent first) |',
  '| --- | --- | --: | --: | --: | --- | --- |',
];
const sum = { handlers: 0, converted: 0 };
for (const { repository, commit, what } of list) {
  const { changeSet } = await runOnTree(
    fastifyToHono,
    sourcesOf(join(folder, repository.replace('/', '+'))),
    {
      target: 'node',
    },
  );
  const { outcomes } = changeSet;
  const converted = outcomes.filter(({ outcome }) => outcome === 'converted').length;
  sum.handlers += outcomes.length;
  sum.converted += converted;
  const link = `[${repository}](https://github.com/${repository}/tree/${commit})`;
  const numbers = [outcomes.length, converted, outcomes.length - converted];
  lines.push(
    `| ${[link, what, ...numbers, routesIn(changeSet, converted), reasons(changeSet)].join(' | ')} |`,
  );
  console.log(`${repository}: ${numbers.join(' ')} ${routesIn(changeSet, converted)}`);
}
const day = new Date().toISOString().slice(0, 10);
writeSection(
  root,
  'fastify-field',
  [
    `Converted on ${day} with \`--target node\`: ${sum.converted} of ${sum.handlers} handlers, hooks and error handlers are Hono’s.`,
    '',
    ...lines,
  ],
  'fastify-to-hono.md',
);

/** `whole`, or how many routes are Hono's where Fastify stays beside it. */
function routesIn({ notes = [], outcomes }: ChangeSet, converted: number): string {
  const [, some, all] =
    notes.map((note) => /^(\d+) of (\d+) routes/.exec(note)).find((each) => each !== null) ?? [];
  if (all !== undefined) return `${some} of ${all}`;
  return converted > 0 && converted === outcomes.length ? 'whole' : '0';
}

/** Why functions and routes stay, without places. */
function reasons({ outcomes, leftForYou }: ChangeSet): string {
  const found = new Map<string, number>();
  const stays = leftForYou.map(({ reason }) => reason.replace(/^\S+ \S+ stays in Fastify: /, ''));
  const own = outcomes.flatMap(({ outcome, reason }) => (outcome === 'converted' ? [] : (reason ?? [])));
  for (const reason of own.length > 0 ? own : stays) {
    const text = reason.replace(/ \([^()]*:\d+:\d+\)/g, '').replace(/, and \d+ more$/, '');
    found.set(text, (found.get(text) ?? 0) + 1);
  }
  const first = [...found].sort(([, a], [, b]) => b - a).slice(0, 2);
  return first
    .map(([text, count]) => (count > 1 ? `${text} (${count})` : text))
    .join('; ')
    .replaceAll('|', '\\|');
}
