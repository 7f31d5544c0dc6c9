import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunReport } from '../model/verdict.ts';
import { withoutVolatile } from '../shadow/aggregate/volatile.ts';
import { readProgress } from '../shadow/index.ts';

const KILLS = Number(process.env.MIGRATE_KILLS ?? 2);
const CLI = new URL('../../dist/src/cli.js', import.meta.url).pathname;
const EXCHANGES = 400;

/** State in memory, ids of its own, a count of everything it was asked: an exchange sent once too often shows. */
const APP = `
const http = require('node:http');
const { randomUUID } = require('node:crypto');
const items = new Map();
let asked = 0;
http.createServer((req, res) => {
  const body = [];
  req.on('data', (chunk) => body.push(chunk));
  req.on('end', () => {
    if (req.url !== '/') asked++;
    const [, route, n] = req.url.split('/');
    let value = { asked, n, colour: n % 97 === 5 ? COLOUR : 'red', known: items.size };
    if (req.method === 'POST') {
      const item = { id: randomUUID(), number: items.size + 1 };
      items.set(item.id, item);
      value = item;
    }
    const text = JSON.stringify(value);
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
    res.end(text);
  });
}).listen(process.env.PORT, '127.0.0.1');
`;

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'shadow-kill-')));
  for (const [name, colour] of [
    ['old', "'red'"],
    ['new', "'tan'"],
  ] as const) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'package.json'), '{"name":"a","type":"commonjs","main":"server.js"}');
    writeFileSync(join(root, name, 'server.js'), APP.replace('COLOUR', colour));
  }
  const entries = Array.from({ length: EXCHANGES }, (_, i) => ({
    _session: `s${i % 7}`,
    request: { method: i % 10 === 0 ? 'POST' : 'GET', url: `http://shop.test/r${i % 4}/${i}`, headers: [] },
    response: { status: 200, statusText: 'OK', headers: [], content: {} },
  }));
  writeFileSync(join(root, 'traffic.har'), JSON.stringify({ log: { version: '1.2', entries } }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Exactly: `node` alone is the newest in the cache, which another test may fill meanwhile. */
const NODE = `node@${process.versions.node}`;
const START = [
  ...['--old', `${NODE}:old`, '--new', `${NODE}:new`, '--traffic', 'traffic.har'],
  ...['--writes', 'isolated', '--no-attribute'],
];

/** Runs the command, and kills it when `kill` resolves, if it is given. */
async function migrate(args: string[], kill?: Promise<unknown>) {
  const begun = performance.now();
  const child = spawn(process.execPath, [CLI, 'shadow', 'run', ...args], { cwd: root, stdio: 'pipe' });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  void kill?.then(() => child.kill('SIGKILL'));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text, pid: child.pid ?? 0, tookMs: performance.now() - begun };
}

/** Resolves when a run has noted its first comparisons. */
async function firstNote(): Promise<void> {
  for (;;) {
    for (const folder of runs()) if (((await readProgress(folder))?.upTo ?? 0) > 0) return;
    await sleep(20);
  }
}

const runs = () => {
  const folder = join(root, '.migrate', 'runs');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
};
const reportIn = (folder: string): RunReport => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
const bytes = (report: RunReport) => JSON.stringify(withoutVolatile(report), null, 1);

/** Processes that still run in a copy which this process of ours had made. */
const left = (pid: number): string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`).includes(`migrate-shadow-${pid}-`);
    } catch {
      return false;
    }
  });

it(`a run killed ${KILLS} times at random moments and resumed gives the report of an unbroken one`, async () => {
  const whole = await migrate([...START, '--out', 'whole']);
  expect(whole.code, whole.text).toBe(1);
  const expected = reportIn(join(root, 'whole'));
  expect(expected.counts).toMatchObject({ compared: EXCHANGES, differing: expect.any(Number) });
  let unfinished: string | null = null;
  let upTo = 0;
  let resumed = 0;
  const abandoned: string[] = [];
  // The last run is a whole one: it removes what killed ones left.
  let isWhole = false;
  for (let kills = 0; kills < KILLS || !isWhole; ) {
    const args: string[] = unfinished === null ? START : ['--resume'];
    if (unfinished !== null) resumed++;
    const before = new Set(runs());
    const moment = kills === 0 ? firstNote() : sleep(Math.random() * whole.tookMs * 1.1);
    const { code, text, pid } = await migrate(args, kills < KILLS ? moment : undefined);
    const folder: string | null = unfinished ?? runs().find((one) => !before.has(one)) ?? null;
    isWhole = code !== null;
    if (code !== null) {
      // It was faster than its killer, or the last one.
      expect(code, text).toBe(1);
      expect(bytes(reportIn(folder ?? ''))).toBe(bytes(expected));
      expect(existsSync(join(folder ?? '', 'progress.log'))).toBe(false);
      unfinished = null;
      upTo = 0;
      continue;
    }
    kills++;
    abandoned.push(...scratchOf(pid));
    for (let waited = 0; left(pid).length > 0 && waited < 5_000; waited += 50) await sleep(50);
    expect(left(pid)).toEqual([]);
    if (folder === null) continue;
    const progress = await readProgress(folder);
    if (progress === null && existsSync(join(folder, 'report.json'))) {
      // It was killed on its way out: all is said and done.
      expect(bytes(reportIn(folder))).toBe(bytes(expected));
      unfinished = null;
      upTo = 0;
      continue;
    }
    // Nothing that was noted is lost; killed before the first note there is nothing to go on with.
    expect(progress?.upTo ?? 0).toBeGreaterThanOrEqual(upTo);
    upTo = progress?.upTo ?? 0;
    unfinished = progress ? folder : null;
  }
  expect(resumed).toBeGreaterThan(0);
  expect(abandoned.filter((name) => existsSync(join(tmpdir(), name)))).toEqual([]);
}, 900_000);

/** The copies of sides that a process left. By name, as another process may get its number again. */
const scratchOf = (pid: number): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`migrate-shadow-${pid}-`));
