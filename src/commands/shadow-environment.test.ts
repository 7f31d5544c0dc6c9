import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RunReport } from '../model/verdict.ts';
import { environmentDifferences, namesOf } from '../shadow/sides/environment.ts';
import { har, migrate, put, RESPONSE, root, scratch, scratchForEach, shadow } from './__fixtures__/shop.ts';

scratchForEach();

const SERVER = `
import { createServer } from 'node:http';
createServer((req, res) => {
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ on: process.env.DATABASE_URL === 'db://from-the-files' }));
}).listen(4999);
`;

it('what Bun alone reads in production is read in the run, makes it fail, and is named without a value', async () => {
  put({
    'package.json': '{"name":"shop","type":"module","scripts":{"start":"NODE_ENV=staging node server.js"}}',
    'server.js': SERVER,
    '.env.development': 'DATABASE_URL=db://from-the-files\nJWT_SECRET="very\nSECRET_LINE=hidden\n"\n',
    '.env.staging': 'STAGING=1\n',
  });
  const request = { method: 'GET', url: 'http://localhost/', headers: [] };
  const traffic = har({ request, response: RESPONSE });
  put({ 'traffic.har': traffic });
  const args = shadow(root, join(root, 'traffic.har')).map((each) => each.replace(/^node:/, 'node@22:'));
  args[args.indexOf('--new') + 1] = `bun:${root}`;
  const { code, err, out } = await migrate(...args, '--no-attribute', '--min-coverage', '0');
  const sentence = 'The new side alone reads .env.development: DATABASE_URL, JWT_SECRET.';
  expect(err).toContain(sentence);
  // Both listen on the same port of their own; three sides are up at once.
  expect(err).toContain('new side: It listens on port 4999, not on the one in PORT');
  expect(code, out).toBe(1);
  const folder = join(scratch, 'out');
  const [json, html, markdown] = ['report.json', 'report.html', 'report.md'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  const report = RunReport.parse(JSON.parse(json ?? ''));
  expect(report.warnings).toContain(sentence);
  expect(report.sides.old.environmentFiles).toBeUndefined();
  expect(report.sides.new.environmentFiles).toEqual([
    { file: '.env.development', variables: ['DATABASE_URL', 'JWT_SECRET'] },
  ]);
  expect(html).toContain(sentence);
  for (const text of [json, html, markdown, err, out])
    expect(text).not.toMatch(/from-the-files|SECRET_LINE|hidden/);
}, 60_000);

it('environment files that say the same on both sides are no difference, other values of a name are', () => {
  const file = (name: string, ...variables: [string, string][]) => ({
    ...{ file: name, variables: variables.map(([of, digest]) => ({ name: of, digest })) },
  });
  const old = [file('.env', ['A', '1'], ['B', '2'])];
  expect(environmentDifferences(old, [file('.env', ['B', '2'], ['A', '1'])])).toEqual([]);
  expect(environmentDifferences(old, [file('.env.production', ['A', '9'], ['B', '2'], ['C', '3'])])).toEqual([
    'The new side alone reads .env.production: C.',
    'The sides read different values of A, from .env and .env.production.',
  ]);
  expect(environmentDifferences(old, [])).toEqual(['The old side alone reads .env: A, B.']);
  expect(JSON.stringify(namesOf(old))).not.toContain('digest');
});
