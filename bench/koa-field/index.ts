import { join } from 'node:path';
import koaToHono from '../../codemods/koa-to-hono/index.ts';
import { runOnTree } from '../../src/codemod/cases.ts';
import { repositoryRoot } from '../express-coverage/run.ts';
import { PublicApplication, readApplications, sourcesOf } from '../public-applications.ts';
import { writeSection } from '../section.ts';

/**
 * Converts copies of public applications and writes what became of their handlers into docs/koa-to-hono.md:
 * `npm run field:koa -- <folder>`, where `<folder>/<owner>+<name>` is a checkout of each at its commit.
 */
const [folder = ''] = process.argv.slice(2);
const root = repositoryRoot();
const list = readApplications(PublicApplication, join(root, 'bench', 'koa-field', 'applications.yaml'));
const lines = [
  '| application | what it is | handlers | converted | bridged | kept | refused | why (the most frequent first) |',
  '| --- | --- | --: | --: | --: | --: | --: | --- |',
];
for (const { repository, commit, what } of list) {
  const { outcomes, leftForYou } = (
    await runOnTree(koaToHono, sourcesOf(join(folder, repository.replace('/', '+'))), { target: 'node' })
  ).changeSet;
  const count = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length;
  const reasons = new Map<string, string[]>();
  for (const { reason, file, line, blocks, rule } of leftForYou)
    if (blocks || rule === 'worlds/stays')
      reasons.set(reason, [...(reasons.get(reason) ?? []), `${file}:${line}`]);
  const why = [...reasons]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, 3)
    .map(
      ([reason, places]) => `${reason} (${places[0]}${places.length > 1 ? `, ${places.length} places` : ''})`,
    );
  const link = `[${repository}](https://github.com/${repository}/tree/${commit})`;
  const numbers = [outcomes.length, count('converted'), count('bridged'), count('kept'), count('refused')];
  lines.push(`| ${[link, what, ...numbers, why.join('; ').replaceAll('|', '\\|')].join(' | ')} |`);
  console.log(`${repository}: ${numbers.join(' ')}`);
}
const day = new Date().toISOString().slice(0, 10);
writeSection(
  root,
  'koa-field',
  [`Converted on ${day} with \`--target node\`.`, '', ...lines],
  'koa-to-hono.md',
);
