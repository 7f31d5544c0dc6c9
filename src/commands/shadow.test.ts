import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunReport } from '../model/verdict.ts';
import type { Io } from '../report/io.ts';
import { main } from './main.ts';

const APP = `
const http = require('node:http');
const fs = require('node:fs');
http.createServer((req, res) => {
  if (req.method === 'POST') fs.writeFileSync('state.txt', String(process.pid));
  if (req.url === '/die' && DIES) process.exit(3);
  const body = JSON.stringify({ dir: __dirname, greeting: 'hello' });
  res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
}).listen(process.env.PORT, '127.0.0.1');
`;

const ON_26 = "process.versions.node.startsWith('26.')";
const ON_22 = "process.versions.node.startsWith('22.')";

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'shadow-command-')));
  const apps = {
    right: `const DIES = false;${APP}`,
    wrong: `const DIES = false;${APP.replace("'hello'", "'hullo'")}`,
    dying: `const DIES = true;${APP}`,
    broken: "throw new Error('no such luck');",
    picky: `const DIES = ${ON_26};${APP}`,
    outgrown: `const DIES = ${ON_22};${APP}`,
    late: `if (${ON_22}) throw new Error('too old for me');${APP.replace('DIES', 'false')}`,
    fussy: `if (${ON_26}) throw new Error('not on this one');${APP.replace('DIES', 'false')}`,
  };
  const twins = { 'picky-too': apps.picky, 'fussy-too': apps.fussy };
  for (const [name, source] of Object.entries({ ...apps, ...twins })) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'package.json'), '{"name":"a","type":"commonjs","main":"server.js"}');
    writeFileSync(join(root, name, 'server.js'), source);
  }
  const entry = (method: string, path: string) => ({
    request: { method, url: `http://localhost:3000${path}`, headers: [] },
    response: { status: 200, statusText: 'OK', headers: [], content: {} },
  });
  const har = (...entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } });
  writeFileSync(
    join(root, 'traffic.har'),
    har(entry('GET', '/a'), entry('POST', '/b'), entry('GET', '/die'), entry('GET', '/c')),
  );
  const deadly = ['/die', '/a', '/die', '/die', '/c'];
  writeFileSync(join(root, 'deadly.har'), har(...deadly.map((path) => entry('GET', path))));
  writeFileSync(join(root, 'cut.har'), har(entry('GET', '/a')).slice(0, -8));
  writeFileSync(join(root, 'empty.har'), har());
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Result {
  code: number;
  /** Everything printed for people. */
  text: string;
  documents: unknown[];
}

async function migrate(args: string[], abort?: (text: string) => boolean): Promise<Result> {
  const stop = new AbortController();
  const lines: string[] = [];
  const documents: unknown[] = [];
  const io: Io = {
    cwd: root,
    interactive: false,
    colors: pc.createColors(false),
    json: false,
    signal: stop.signal,
    line: (text = '') => lines.push(text),
    note: (text) => lines.push(text),
    document: (value) => documents.push(value),
    progress: (text) => {
      if (text !== null && abort?.(text)) stop.abort();
    },
  };
  const code = await main(args, io);
  return { code, text: lines.join('\n'), documents };
}

const shadowRun = (next: string, ...more: string[]) => {
  const traffic = more.includes('--traffic') ? [] : ['--traffic', 'traffic.har'];
  return ['shadow', 'run', '--old', 'node:right', '--new', `node:${next}`, ...traffic, ...more];
};

/** Copies of sides that are still there. Other runs may be under way on this machine, so only new ones count. */
/** Scratch folders of this process: other runs on the machine have their own. */
const scratches = () =>
  new Set(readdirSync(tmpdir()).filter((name) => name.startsWith(`migrate-shadow-${process.pid}-`)));

describe('migrate shadow run', () => {
  it('passes the same application, writes all reports, and leaves both folders as they were', async () => {
    const { code, text } = await migrate(shadowRun('right', '--writes', 'isolated', '--out', 'out/pass'));
    expect(text).toContain('PASS   0 unexplained differences in 4 exchanges.');
    expect(code).toBe(0);
    expect(existsSync(join(root, 'right/state.txt'))).toBe(false);
    const report = RunReport.parse(JSON.parse(readFileSync(join(root, 'out/pass/report.json'), 'utf8')));
    expect(report.sides.old).toMatchObject({ runtime: 'node', dir: 'right', isolated: true, crash: null });
    expect(report.rules.find(({ id }) => id === 'own-address')?.exchanges).toBe(4);
    expect(readFileSync(join(root, 'out/pass/report.html'), 'utf8')).toContain('PASS');
    expect(existsSync(join(root, 'out/pass/report.md'))).toBe(true);
    expect(existsSync(join(root, 'out/pass/logs/new/stderr.log'))).toBe(true);
  });

  it('fails another one with exit code 1, and prints one JSON document with --json', async () => {
    const { code, documents } = await migrate(
      shadowRun('wrong', '--writes', 'isolated', '--json', '--out', 'out/fail'),
    );
    expect(code).toBe(1);
    expect(documents).toHaveLength(1);
    expect(RunReport.parse(documents[0])).toMatchObject({
      verdict: 'FAIL',
      signatures: [{ title: 'body.greeting: value', exchanges: 4 }],
    });
  });

  it('writes under .migrate/runs, which git does not see', async () => {
    await migrate(shadowRun('right'));
    expect(readdirSync(join(root, '.migrate/runs'))).toHaveLength(1);
    expect(readFileSync(join(root, '.migrate/.gitignore'), 'utf8')).toContain('runs/');
  });

  it('sends no request that changes data unless asked to, and says so', async () => {
    const { code, text } = await migrate(shadowRun('right', '--min-coverage', '100', '--out', 'out/refused'));
    expect(code).toBe(6);
    expect(text).toContain('INCONCLUSIVE');
    expect(text).toContain('1 not compared: it may change data: sent only with --writes isolated');
  });

  it('starts a side again that ends during the run: the rest is compared, and the crash has an owner', async () => {
    const options = ['--writes', 'isolated', '--json', '--out', 'out/dying'];
    const { code, documents } = await migrate(shadowRun('dying', ...options));
    expect(code).toBe(1);
    const report = RunReport.parse(documents[0]);
    expect(report.counts).toMatchObject({ compared: 4, notCompared: 0, differing: 1 });
    expect(report.reasons[0]).toBe(
      'The new side ended at GET /die (exchange 3) and was started again, everything before it sent anew: exit code 3, without a word',
    );
    expect(report.sides.new).toMatchObject({ crash: null, endings: [{ exchange: 3, startedAgain: true }] });
    expect(report.cells.filter(({ explained }) => !explained)).toMatchObject([
      {
        ...{ route: 'GET /die', location: 'transport', exemplars: [{ new: 'CRASHED' }] },
        owner: { kind: 'codemod' },
      },
    ]);
    // Effects are those of the last start: what was written before is there once.
    expect(report.effects).toMatchObject({ same: 0, explained: 1, different: 0 });
  });

  it('asks a route no more that ended the new side twice, and compares what comes after', async () => {
    const options = ['--traffic', 'deadly.har', '--json', '--no-attribute', '--out', 'out/deadly'];
    const report = RunReport.parse((await migrate(shadowRun('dying', ...options))).documents[0]);
    expect(report.sides.new.endings?.map(({ exchange }) => exchange)).toEqual([1, 3]);
    expect(report.notCompared).toMatchObject([
      { exchange: 4, reason: 'GET /die ended the new side 2 times before it' },
    ]);
    expect(report.counts).toMatchObject({ compared: 4, notCompared: 1 });
  });

  it.each([
    ['runtime', 'picky', 'picky-too'],
    ['interaction', 'right', 'picky'],
  ])('gives a crash its owner by asking both corners: %s', async (owner, old, next) => {
    const sides = ['--old', `node@22:${old}`, '--new', `node@26:${next}`];
    const options = ['--writes', 'isolated', '--json', '--out', `out/owner-${owner}`];
    const args = ['shadow', 'run', ...sides, '--traffic', 'traffic.har', ...options];
    const report = RunReport.parse((await migrate(args)).documents[0]);
    expect(report.counts).toMatchObject({ compared: 4, notCompared: 0 });
    expect(report.cells.find(({ location }) => location === 'transport')?.owner?.kind).toBe(owner);
  });

  it.each([
    ['runtime', 'fussy', 'fussy-too'],
    ['codemod', 'right', 'broken'],
    ['interaction', 'right', 'fussy'],
    ['either', 'fussy', 'broken'],
  ])('says who it is when the new side does not start: %s', async (owner, old, next) => {
    const sides = ['--old', `node@22:${old}`, '--new', `node@26:${next}`];
    const out = join('out', `start-${owner}`);
    const { code, text } = await migrate([
      ...['shadow', 'run', ...sides, '--traffic', 'traffic.har', '--out', out],
    ]);
    expect(code).toBe(3);
    expect(text).toContain(`Not the old side: the new one does not start. Owner: ${owner}.`);
    expect(text).toMatch(/no such luck|not on this one/);
  });

  it('gives a crash that the newest release does not have to the release, and says to upgrade', async () => {
    const sides = ['--old', 'node@26:right', '--new', 'node@22:outgrown'];
    const options = ['--traffic', 'traffic.har', '--writes', 'isolated', '--out', 'out/outgrown'];
    const { code, text } = await migrate(['shadow', 'run', ...sides, ...options]);
    expect(code).toBe(1);
    expect(text).toMatch(/owner the runtime, reached only by the new code; gone in node \d/);
    expect(text).toMatch(/next +the difference is gone in node \d+\.\d+\.\d+: upgrade next/);
  });

  it('gives a failed start that the newest release does not have to the release', async () => {
    const sides = ['--old', 'node@26:right', '--new', 'node@22:late'];
    const { code, text } = await migrate([
      ...['shadow', 'run', ...sides, '--traffic', 'traffic.har', '--out', 'out/late'],
    ]);
    expect(code).toBe(3);
    expect(text).toContain('Owner: runtime.');
    expect(text).toMatch(/a fault of node 22\.\d+\.\d+ that only the new code reaches, gone in node \d/);
  });

  it('reports what was compared when it is interrupted, and stops the sides', async () => {
    const before = scratches();
    const { code, text } = await migrate(
      shadowRun('right', '--writes', 'isolated', '--out', 'out/stopped'),
      (line) => line.startsWith('3 of'),
    );
    expect(code).toBe(130);
    expect(text).toContain('The run was interrupted after 2 of 4 exchanges.');
    const report = JSON.parse(readFileSync(join(root, 'out/stopped/report.json'), 'utf8'));
    expect(report).toMatchObject({ interrupted: true, counts: { compared: 2, notCompared: 2 } });
    expect([...scratches()].filter((name) => !before.has(name))).toEqual([]);
  });

  const BAD: [string, string[], number, RegExp][] = [
    [
      'a side that crashes at start',
      shadowRun('broken'),
      3,
      /ended with exit code 1 before it answered a request[\s\S]*no such luck/,
    ],
    ['a folder that is not there', shadowRun('gone'), 3, /gone does not exist/],
    [
      'an unknown runtime',
      ['shadow', 'run', '--old', 'node:right', '--new', 'nodde:right', '--traffic', 'traffic.har'],
      2,
      /no runtime "nodde"/,
    ],
    ['a HAR that is cut off', shadowRun('right', '--traffic', 'cut.har'), 3, /cut\.har is cut off/],
    [
      'a HAR without entries',
      shadowRun('right', '--traffic', 'empty.har'),
      7,
      /empty\.har holds no HTTP exchange/,
    ],
    [
      'no traffic file',
      shadowRun('right', '--traffic', 'none.har'),
      3,
      /none\.har cannot be read: it does not exist/,
    ],
    ['an unknown rule', shadowRun('right', '--allow', 'everything'), 2, /there is no rule "everything"/],
    ['a timeout that is no number', shadowRun('right', '--timeout', 'soon'), 2, /--timeout is a number/],
    [
      'a wrong mode of writing',
      shadowRun('right', '--writes', 'yes'),
      2,
      /--writes is "isolated" or "refused"/,
    ],
    [
      'a limits file that is none',
      shadowRun('right', '--limits', 'right/package.json'),
      3,
      /holds no list of route limits/,
    ],
    [
      'a probe that is none',
      shadowRun('right', '--probe', 'abort,ping'),
      2,
      /--probe is a list of malformed, abort/,
    ],
    [
      'a state that is not there',
      shadowRun('right', '--state', 'nowhere'),
      3,
      /--state: there is no folder nowhere/,
    ],
    [
      'a state command that fails',
      shadowRun('right', '--state-command', 'node --no-such-flag'),
      3,
      /--state-command: .*exit code 9/,
    ],
    ['a missing option', ['shadow', 'run', '--old', 'node:right'], 2, /--new/],
  ];
  it.each(BAD)('says in one sentence what is wrong: %s', async (_, args, exitCode, message) => {
    const before = scratches();
    const { code, text } = await migrate([...args, ...(args.includes('--new') ? ['--out', 'out/bad'] : [])]);
    expect(text).toMatch(message);
    expect(code).toBe(exitCode);
    expect([...scratches()].filter((name) => !before.has(name))).toEqual([]);
  });
});
