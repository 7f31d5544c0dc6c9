import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import { Try } from '../model/try.ts';
import { recordingIo } from '../testing/io.ts';
import { linkPackages } from '../testing/packages.ts';
import { project } from '../testing/project.ts';
import { main } from './main.ts';

const MANIFEST = JSON.stringify({ name: 'tiny', type: 'commonjs', main: 'server.js' });
const SERVER = `
require('node:fs').writeFileSync('written.txt', 'here');
require('node:http').createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json');
  const name = process.versions.bun ? 'bun' : 'node';
  response.end(JSON.stringify(request.url === '/name' ? { name } : { path: request.url, word: process.env.WORD }));
}).listen(process.env.PORT, '127.0.0.1');
`;
const interrupted = new MigrateError('INTERRUPTED', 'Interrupted.', { exitCode: ExitCode.interrupted });
const entry = (path: string) => ({
  request: { method: 'GET', url: `http://localhost:3000${path}`, headers: [] },
  response: { status: 200, statusText: 'OK', headers: [], content: {} },
});
const HAR = JSON.stringify({ log: { version: '1.2', entries: ['/a', '/b', '/name'].map(entry) } });

const app = (files: Record<string, string> = {}) =>
  project({ 'package.json': MANIFEST, 'server.js': SERVER, 't.har': HAR, ...files });

/** Runs `migrate try` in a folder; it is interrupted at the first progress that `abort` picks. */
async function migrateTry(root: string, args: string[], abort?: (text: string) => boolean) {
  return migrate(root, ['try', '--traffic', 't.har', ...args], abort);
}

async function migrate(root: string, args: string[], abort?: (text: string) => boolean) {
  const stop = new AbortController();
  const { io, printed } = recordingIo(root, {
    signal: stop.signal,
    progress: (text) => {
      if (text !== null && abort?.(text)) stop.abort(interrupted);
    },
  });
  const code = await main(args, io);
  return { code, text: printed.said.join('\n'), documents: printed.documents };
}

/** Scratch folders of this process: other runs on the machine have their own. */
const scratches = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`migrate-shadow-${process.pid}-`));

describe('migrate try', () => {
  it('says of each runtime whether it starts, what it answers otherwise, and how fast; and keeps it', async () => {
    const root = app({ '.env.try': 'WORD=green\n', '.gitignore': '.migrate\n' });
    const before = readdirSync(root);
    const args = ['--on', 'bun', '--time', '0.6', '--env-file', join(root, '.env.try')];
    const { code, text, documents } = await migrateTry(root, [...args, '--json']);
    expect(code).toBe(0);
    const found = Try.parse(documents[0]);
    expect(found.requests).toMatchObject({ asked: 3, load: 3, source: 'har' });
    const [today, bun] = found.ways;
    expect(today).toMatchObject({ baseline: true, failed: null, answers: null });
    expect(bun).toMatchObject({ spec: 'bun', code: 'as-is', failed: null, answers: { same: 2, of: 3 } });
    expect(bun?.answers?.causes).toEqual([
      expect.objectContaining({ title: 'body.name: value', requests: 1, owner: 'runtime' }),
    ]);
    expect(bun?.runtime?.version).toMatch(/^1\./);
    for (const way of found.ways)
      for (const name of ['firstAnswer', 'p50', 'perSecond', 'memory'] as const)
        expect(way.figures?.[name], name).toHaveProperty('measured');
    expect(text).toMatch(/bun [\d.]+ +as it is +✔ +2 of 3/);
    expect(text).toContain('body.name: value (node → bun): 1 request');
    // The user's tree has the evidence more, and nothing else.
    expect(readdirSync(root).filter((name) => !before.includes(name))).toEqual(['.migrate']);
    const kept = join(root, '.migrate/evidence/tries', `${found.id}.json`);
    expect(Try.parse(JSON.parse(readFileSync(kept, 'utf8')))).toEqual(found);
    expect(found.identity).toMatchObject({ commit: null, lockfile: null });
    expect(scratches()).toEqual([]);
  });

  it.each([
    ['a syntax error', 'const = 1;', /SyntaxError.* \(server\.js:1\)/],
    ['a missing package', "require('left-pad');", /cannot find left-pad/],
    [
      'a database that is not there',
      "require('node:net').connect(27017, '127.0.0.9').on('error', (e) => { throw e; });",
      /needs MongoDB at 127\.0\.0\.9:27017, where nothing answers/,
    ],
    ['no server', 'setInterval(() => {}, 1000);', /answered nothing within 700 ms: it does not listen/],
  ])('says the true reason of %s, with exit code 3, and keeps nothing', async (_, source, reason) => {
    const root = app({ 'server.js': source, 'node_modules/other/index.js': '' });
    const { code, text } = await migrateTry(root, ['--on', 'node@24', '--start-timeout', '700']);
    expect(text.replace(/\s+/g, ' ')).toMatch(reason);
    expect(code).toBe(3);
    expect(existsSync(join(root, '.migrate/evidence'))).toBe(false);
    expect(scratches()).toEqual([]);
  });

  it('refuses what cannot be tried in one sentence', async () => {
    expect(await migrateTry(project({ 'a.js': '' }), [])).toMatchObject({
      code: 3,
      text: expect.stringContaining('has no package.json'),
    });
    const noEntry = project({ 'package.json': '{"name":"x"}', 'lib.md': 'x', 't.har': HAR });
    expect(await migrateTry(noEntry, [])).toMatchObject({
      code: 3,
      text: expect.stringContaining('No file to start was found'),
    });
    const notInstalled = app({ 'server.js': "require('express')" });
    expect((await migrateTry(notInstalled, [])).text).toContain('There is no node_modules');
    const built = app({
      'package.json': '{"name":"x","scripts":{"start":"node dist/server.js","build":"tsc"}}',
      'src/server.ts': '',
    });
    expect((await migrateTry(built, [])).text).toContain('what npm run build makes, and that failed');
    for (const args of [
      ['--on', 'nodo'],
      ['--time', 'long'],
      ['--env-file', 'none.env'],
      ['--writes', 'yes'],
      ['--setup', ''],
    ])
      expect(await migrateTry(app(), args), args.join(' ')).toMatchObject({ code: 2 });
  });

  it('builds in the copy what the start script names and nobody built, and says so', async () => {
    const make =
      "node -e \"const fs = require('fs'); fs.mkdirSync('dist'); fs.copyFileSync('server.js', 'dist/server.js')\"";
    const root = project({
      'package.json': JSON.stringify({ name: 'x', scripts: { start: 'node dist/server.js', build: make } }),
      ...{ 'server.js': SERVER, 't.har': HAR },
    });
    const { code, text } = await migrateTry(root, ['--on', 'node@24', '--time', '0']);
    expect(code).toBe(0);
    expect(text).toContain('It was built in the scratch copy first: npm run build.');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('takes the example of an environment file where the application does not start without variables', async () => {
    const server = `if (!process.env.WORD) throw new Error('WORD is required');\n${SERVER}`;
    const files = { 'server.js': server, '.env.example': 'WORD=green\nEMPTY=\n' };
    const { code, text } = await migrateTry(app(files), ['--on', 'node@24', '--time', '0']);
    expect(code).toBe(0);
    expect(text.replace(/\s+/g, ' ')).toContain(
      '(needs the environment variable WORD), and there is no .env: the values of .env.example were taken.',
    );
    const named = app({ ...files, 'own.env': 'OTHER=1\n' });
    const given = await migrateTry(named, ['--on', 'node@24', '--env-file', join(named, 'own.env')]);
    expect(given).toMatchObject({
      code: 3,
      text: expect.stringContaining('needs the environment variable WORD'),
    });
  });

  it('puts functions behind a gateway, and says which variables name a server that is not there', async () => {
    const root = project({
      'package.json': '{"name":"f","private":true}',
      'serverless.yml':
        'service: f\nprovider: { name: aws, runtime: nodejs22.x }\nfunctions:\n  list:\n    handler: src/notes.list\n    events: [{ http: { path: notes, method: get } }]\n  one:\n    handler: src/typed.one\n    events: [{ httpApi: "GET /notes/{id}" }]\n',
      'src/notes.js':
        'exports.list = async ({ httpMethod, resource }) => ({ statusCode: 200, body: [httpMethod, resource].join(" ") });\n',
      'src/typed.ts':
        'export const one = (event: { pathParameters: { id: string } }, _: unknown, done: (e: null, a: object) => void) =>\n  done(null, { id: event.pathParameters.id });\n',
    });
    const { code, documents, text } = await migrate(root, ['try', '--on', 'bun', '--time', '0', '--json']);
    expect(code).toBe(0);
    const found = Try.parse(documents[0]);
    expect(found.ways[1]?.answers).toMatchObject({ causes: [] });
    expect(found.requests.asked).toBeGreaterThan(10);
    expect(text).toContain('Its 2 functions were started behind a local gateway');
    const db = app({
      'server.js': `const { DB_HOST } = process.env;\nrequire('node:net').connect(27017, DB_HOST ?? '127.0.0.9').on('error', (e) => { throw e; });\n`,
    });
    const lacking = await migrateTry(db, ['--on', 'node@24', '--start-timeout', '3000']);
    expect(lacking.text.replace(/\s+/g, ' ')).toMatch(/takes its address from DB_HOST \(server\.js:1:\d+\)/);
  });

  it('starts functions that are a package of their own each, below no package.json', async () => {
    const root = project({
      'template.yaml':
        'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: list\n      Handler: app.handler\n      Runtime: nodejs22.x\n      Events:\n        A:\n          Type: Api\n          Properties: { Path: /notes, Method: get }\n',
      'list/package.json': '{"name":"list","dependencies":{"word":"1"}}',
      'list/node_modules/word/index.js': "module.exports = 'x';\n",
      'list/app.js': "exports.handler = async () => ({ statusCode: 200, body: require('word') });\n",
    });
    const { code, documents } = await migrate(root, ['try', '--on', 'bun', '--time', '0', '--json']);
    expect(code).toBe(0);
    const { ways, requests } = Try.parse(documents[0]);
    expect(requests.asked).toBeGreaterThan(5);
    expect(ways[1]?.answers).toMatchObject({ causes: [] });
  });

  it('says of a runtime that cannot be had why, and tries the others', async () => {
    const { code, text } = await migrateTry(app(), ['--on', 'bun@0.0.1,node@24', '--time', '0']);
    expect(code).toBe(0);
    expect(text).toMatch(/bun@0\.0\.1 +as it is +✘/);
    expect(text).toMatch(/node 24\S+ +as it is +✔ +3 of 3/);
  });

  it('asks for / where no route can be read, and says so', async () => {
    const server = `
      const by = Object.fromEntries(process.argv.map((name) => [name, (response) => response.end(name)]));
      require('node:http').createServer((request, response) => (by[request.url] ?? ((to) => to.end('none')))(response))
        .listen(process.env.PORT, '127.0.0.1');`;
    const root = app({ 'server.js': server });
    const { code, text } = await migrate(root, ['try', '--on', 'node@24', '--time', '0']);
    expect(code).toBe(0);
    expect(text).toMatch(/node 24\S+ +as it is +✔ +1 of 1/);
    expect(text).toContain('only GET / was asked');
  });

  it('runs what sets it up in the copies only, and stops where that fails', async () => {
    const root = app({ 'server.js': "require('./made.js')" });
    const make = `node -e "require('fs').writeFileSync('made.js', require('fs').readFileSync('m.txt'))"`;
    const { code, text } = await migrateTry(root, ['--on', 'node@24', '--time', '0', '--setup', make]);
    expect(code).toBe(3);
    expect(text).toMatch(/--setup: node -e .*: exit code 1/);
    const fine = app({ 'server.js': "require('./made.js')", 'm.txt': SERVER });
    expect((await migrateTry(fine, ['--on', 'node@24', '--time', '0', '--setup', make])).code).toBe(0);
    expect(existsSync(join(fine, 'made.js'))).toBe(false);
  });

  it.each([
    ['comparing', /^node@24 as it is: \d/],
    ['measuring', /^measuring/],
  ])('leaves nothing when it is interrupted while %s', async (_, at) => {
    const root = app();
    const { code } = await migrateTry(root, ['--on', 'node@24', '--time', '1'], (text) => at.test(text));
    expect(code).toBe(130);
    expect(existsSync(join(root, '.migrate/evidence'))).toBe(false);
    expect(scratches()).toEqual([]);
  });

  it('asks the application for its routes where its code does not tell them', async () => {
    const hidden = `
      const express = require(['exp', 'ress'].join(''));
      const [app, router] = [express(), express.Router()];
      router.get('/:id', (request, response) => response.json({ id: request.params.id }));
      app.get('/', (request, response) => response.send('home'));
      app.use('/things', router);
      app.listen(process.env.PORT, '127.0.0.1');`;
    const root = app({
      'package.json': JSON.stringify({
        name: 'tiny',
        main: 'server.js',
        dependencies: { express: '4.22.3' },
      }),
      'server.js': hidden,
    });
    await linkPackages(root);
    const { code, documents } = await migrate(root, ['try', '--on', 'bun', '--time', '0', '--json']);
    expect(code).toBe(0);
    const found = Try.parse(documents[0]);
    expect(found.project.routes).toBe(2);
    const [, bun] = found.ways;
    // Express's own page for a path that is no text has the frames of the engine in it.
    const { same = 0, of = 0 } = bun?.answers ?? {};
    expect(of).toBeGreaterThan(10);
    expect(same).toBeGreaterThanOrEqual(of - 1);
  });
});

it('with --profile says which functions of its own take the CPU time, so that no other JavaScript runtime helps', async () => {
  const busy = `
function slowSum() { let sum = 0; for (let i = 0; i < 3e6; i++) sum += Math.sqrt(i) % 7; return sum; }
require('node:http').createServer((request, response) => response.end(String(slowSum()))).listen(process.env.PORT, '127.0.0.1');
`;
  const root = app({ 'server.js': busy });
  const { text, documents } = await migrateTry(root, [
    '--on',
    'node@24',
    '--time',
    '0',
    '--no-convert',
    '--profile',
    '--json',
  ]);
  const { profile } = Try.parse(documents[0]);
  expect(profile).toMatchObject({
    measured: { verdict: 'not-javascript', owners: { node: expect.any(Number) } },
  });
  const functions = profile && 'measured' in profile ? profile.measured.functions : [];
  // V8 may have put the function into its caller.
  expect(functions[0]).toMatchObject({
    place: expect.stringMatching(/^server\.js:[23]$/),
    owner: 'application',
  });
  expect(text).toContain('This is not a problem of the JavaScript runtime');
});
