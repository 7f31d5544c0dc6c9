import { expect, it } from 'vitest';
import { Checklist } from '../model/checklist.ts';
import { Plan } from '../model/plan.ts';
import { recordingIo } from '../testing/io.ts';
import { project } from '../testing/project.ts';
import { writeTry } from '../workspace/evidence/tries.ts';
import { identityOf } from '../workspace/identity.ts';
import { openRepository } from '../workspace/repository.ts';
import { readState } from '../workspace/state.ts';
import { main } from './main.ts';

async function migrate(root: string, ...args: string[]) {
  const { io, printed } = recordingIo(root);
  const code = await main(args, io);
  return { code, text: printed.said.join('\n'), document: printed.documents[0] };
}

/** The points of a checklist by their answer. */
async function points(root: string, ...args: string[]) {
  const { code, document } = await migrate(root, 'checklist', '--json', ...args);
  const { items, counts } = Checklist.parse(document);
  const of = (answer: string) => items.filter((item) => item.answer === answer).map(({ id }) => id);
  return { code, items, counts, no: of('no'), unknown: of('unknown'), yes: of('yes') };
}

const HASTY = {
  'package.json': JSON.stringify({
    ...{ name: 'hasty', type: 'module', main: 'server.ts' },
    dependencies: { express: '^5', pg: '^8', bullmq: '^5', openai: '^6' },
    devDependencies: { typescript: '^5', jest: '^30', webpack: '^5' },
    scripts: {
      ...{ start: 'node --experimental-vm-modules server.ts', dev: 'tsx watch server.ts' },
      build: 'webpack --mode production',
    },
  }),
  'server.ts': [
    "import express from 'express';",
    "import { scryptSync } from 'node:crypto';",
    "import { exec } from 'node:child_process';",
    "import './edge.ts';",
    'const app = express();',
    "app.get('/', (req, res) => { console.log(req.url); exec('ls'); res.send(scryptSync('a', 'b', 8)); });",
    "app.get('/events', (req, res) => { res.setHeader('Content-Type', 'text/event-stream'); res.write('data: 1'); });",
    'Bun.gc();',
    'app.listen(3000);',
  ].join('\n'),
  'edge.ts':
    "import { readFileSync } from 'node:fs';\nexport const runtime = 'edge';\nexport const f = () => readFileSync(Deno.cwd());\n",
  'vercel.json': '{ "functions": { "api/*.ts": { "maxDuration": 10 } } }',
  'module.wasm': '',
  Dockerfile: 'FROM node:18\nCMD ["node", "--experimental-vm-modules", "server.ts"]\n',
  '.github/workflows/ci.yml':
    'on: push\njobs:\n  a:\n    steps:\n      - uses: oven-sh/setup-bun@v2\n        with: { bun-version: 1.4.5 }\n      - run: npm run build\n',
};

it('finds each mistake that the files show, at its place', async () => {
  const root = project(HASTY);
  const { code, no, items, counts } = await points(root, '--target', 'workers');
  expect(code).toBe(1);
  expect(items).toHaveLength(44);
  expect(counts.yes + counts.no + counts.unknown).toBe(44);
  expect(no).toEqual([
    ...['choosing-1', 'choosing-8', 'choosing-9', 'choosing-10'],
    ...['adopting-3', 'adopting-6', 'adopting-8', 'adopting-10'],
    ...[
      'mistakes-2',
      'mistakes-3',
      'mistakes-4',
      'mistakes-5',
      'mistakes-6',
      'mistakes-7',
      'mistakes-8',
      'mistakes-9',
    ],
    ...[
      'more-mistakes-2',
      'more-mistakes-3',
      'more-mistakes-4',
      'more-mistakes-7',
      'more-mistakes-8',
      'more-mistakes-10',
    ],
  ]);
  const place = (id: string) => {
    const item = items.find((one) => one.id === id);
    return `${item?.location?.file}:${item?.location?.line} ${item?.because}`;
  };
  expect(place('mistakes-3')).toMatch(/^edge\.ts:\d fs is used in a file for an edge runtime\.$/);
  expect(place('mistakes-4')).toMatch(/^\.github\/workflows\/ci\.yml:7 2 TypeScript files/);
  expect(place('mistakes-7')).toMatch(/^server\.ts:\d Processes are started in 1 place/);
  expect(place('more-mistakes-3')).toContain('scryptSync');
  expect(place('more-mistakes-4')).toContain('maxDuration 10');
  expect(items.filter(({ answer, next }) => answer === 'no' && !next)).toEqual([]);
});

it('holds what is as it should be, and takes tries and answers for evidence', async () => {
  const root = project({
    'package.json': JSON.stringify({
      ...{ name: 'calm', type: 'module', main: 'server.ts' },
      dependencies: { express: '^5', '@sentry/node': '^11' },
      devDependencies: { typescript: '^5', vitest: '^4' },
      scripts: { start: 'node server.ts', test: 'vitest run', types: 'tsc --noEmit' },
    }),
    'server.ts': [
      "import express from 'express';",
      'const app = express();',
      "app.get('/healthz', (req, res) => res.send('ok'));",
      'app.listen(3000);',
    ].join('\n'),
    Dockerfile: 'FROM node:24.1.0\nCMD ["node", "server.ts"]\n',
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v5\n        with: { node-version: 24.1.0 }\n      - run: npm run types\n',
  });
  const before = await points(root, '--target', 'bun');
  expect({ code: before.code, no: before.no }).toEqual({ code: 0, no: [] });
  expect(before.unknown).toEqual(
    expect.arrayContaining(['choosing-2', 'adopting-4', 'mistakes-10', 'more-mistakes-5']),
  );

  const node = { spec: 'node@24', name: 'node', version: '24.1.0', platform: 'linux-x64' };
  const bun = { spec: 'bun@1.4', name: 'bun', version: '1.4.2', platform: 'linux-x64' };
  const way = { code: 'as-is' as const, failed: null, said: [], figures: null, notes: [] };
  writeTry(root, {
    ...{
      schema: 'migrate/try',
      version: 1,
      id: '1',
      madeAt: '2026-05-01T00:00:00.000Z',
      durationMs: 1,
      tool: '1',
    },
    ...{
      machine: { platform: 'linux', cores: 2, cpu: 'x' },
      project: { name: 'calm', routes: 1, entry: 'server.ts' },
    },
    identity: await identityOf(await openRepository(root)),
    requests: { source: 'har', file: 't', sha256: '0', asked: 4, load: 0, leftOut: [] },
    load: { seconds: 0, rounds: 0, atOnce: 1 },
    ways: [
      { ...way, spec: 'node@24', baseline: true, runtime: node, answers: null },
      {
        ...way,
        spec: 'bun',
        baseline: false,
        runtime: bun,
        answers: { same: 4, of: 4, causes: [], limits: [] },
      },
    ],
    warnings: [],
  });
  const after = await points(
    root,
    '--target',
    'bun',
    '--answer',
    'team=all of them',
    '--answer',
    'latency=no, one country',
  );
  expect(after.yes).toEqual(
    expect.arrayContaining([
      'choosing-2',
      'choosing-4',
      'choosing-12',
      'adopting-1',
      'adopting-4',
      'mistakes-10',
    ]),
  );
  expect(
    readState(root)
      .filter(({ event }) => event === 'answered')
      .map(({ detail }) => detail.question),
  ).toEqual(['team', 'latency']);
  const open = await migrate(root, 'checklist', '--target', 'bun', '--open');
  expect(open.text).toContain(`${after.counts.yes} hold`);
  expect(open.text).not.toContain('✔');

  // The decision tree goes by the same answers.
  const { document } = await migrate(root, 'plan', '--target', 'bun', '--json');
  const { decision } = Plan.parse(document);
  expect(decision.map(({ answer }) => answer)).toEqual(['no', 'unknown', 'yes', 'no', 'no']);
  expect(decision[0]?.fact).toContain('said: no, one country');
  expect(decision[2]?.fact).toContain('the team: all of them');
});

it('says which word an answer lacks, and which target there is not', async () => {
  const root = project(HASTY);
  expect(await migrate(root, 'checklist', '--answer', 'mood=good')).toMatchObject({ code: 2 });
  expect(await migrate(root, 'checklist', '--answer', 'team=')).toMatchObject({ code: 2 });
  expect((await migrate(root, 'checklist', '--target', 'winterjs')).code).toBe(2);
  expect(readState(root)).toEqual([]);
});

it('a platform that has ended is refused with date and source, another is judged by rules and not run', async () => {
  const root = project(HASTY);
  for (const [target, date] of [
    ['winterjs', '2026-11-23'],
    ['vercel-edge', '2026-11-29'],
    ['deno-deploy-classic', '2026-07-20'],
  ] as const) {
    const { code, text } = await migrate(root, 'plan', '--target', target);
    expect({ target, code }).toEqual({ target, code: 2 });
    expect(text).toContain(date);
    expect(text).toMatch(/Take .*: migrate plan --target \w+/);
  }
  const { code, text } = await migrate(root, 'plan', '--target', 'vercel');
  expect(code).toBe(0);
  expect(text).toContain('`bullmq` waits for work between requests');
  expect(text).toContain("runtime = 'edge' is asked for, which is deprecated  edge.ts:2:24");
  expect(text).toContain('nothing was run');
  const fastly = await migrate(root, 'plan', '--target', 'fastly', '--json');
  expect(fastly.document).toMatchObject({ schema: 'migrate/platform', verdict: 'blocked' });
  const plan = await migrate(root, 'plan', '--target', 'node@24', '--explain');
  expect(plan.text).toContain("Vercel's Edge Functions are deprecated");
  expect(plan.text).toContain('`webpack` builds here');
});
