import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunReport } from '../model/verdict.ts';
import { type Breakage, listen, notesApp } from './__fixtures__/app.ts';
import { recordHar } from './__fixtures__/record.ts';
import { type RunOptions, readTraffic, runShadow, type Traffic } from './index.ts';
import type { LiveSide } from './sides/side.ts';

const ROUTES = [
  'POST /login',
  'GET /health',
  'GET /tags',
  'GET /logo',
  'GET /old',
  'GET /events',
  'GET /page',
  'GET /slow',
  'POST /notes',
  'GET /notes',
  'GET /notes/:id',
  'DELETE /notes/:id',
].map((route) => ({ method: route.split(' ')[0] ?? '', path: route.split(' ')[1] ?? '' }));

let traffic: Traffic;
const open: { close(): void }[] = [];

beforeAll(async () => {
  const side = await start();
  const file = join(mkdtempSync(join(tmpdir(), 'shadow-test-')), 'traffic.har');
  writeFileSync(file, JSON.stringify(await recordHar(side.origin)));
  traffic = await readTraffic(file);
});
afterAll(() => {
  for (const side of open) side.close();
});

async function start(breakage?: Breakage) {
  const side = await listen(notesApp(breakage));
  open.push(side);
  return side;
}

async function run(next: LiveSide, options: Partial<RunOptions> = {}, again?: LiveSide): Promise<RunReport> {
  const sides = { old: await start(), again: again ?? (await start()), new: next };
  const report = await runShadow(sides, traffic, {
    ...{ writes: 'isolated', routes: ROUTES, limits: [], waivers: [], allow: [], timeoutMs: 3_000 },
    ...options,
  });
  expect(RunReport.parse(report)).toEqual(report);
  return report;
}

const open1 = (report: RunReport) =>
  report.cells
    .filter(({ explained }) => !explained)
    .map(({ route, kind, location }) => `${route} ${kind} ${location}`);

describe('a run of the same application on both sides', () => {
  it('passes: login, authorised writes and reads of generated ids replay with no unexplained difference', async () => {
    const report = await run(await start());
    expect(report.calibration.cells.filter(({ explained }) => !explained)).toEqual([]);
    expect(open1(report)).toEqual([]);
    expect(report.detection.faults.filter(({ planted, seen }) => planted !== seen)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'PASS', counts: { compared: 23, differing: 0, notCompared: 0 } });
    expect(report.routes.find(({ route }) => route === 'GET /notes/:id')).toMatchObject({
      status: 'same',
      statuses: { 200: 8 },
    });
    expect(report.rules.find(({ id }) => id === 'generated-id')?.exchanges).toBeGreaterThan(0);
    expect(report.defectBound).toBeCloseTo(1 - 0.05 ** (1 / 23));
  });

  it('writes no recorded secret into the report', async () => {
    const text = JSON.stringify(await run(await start('cookie')));
    const secrets = traffic.exchanges.flatMap(({ request }) =>
      request.headers
        .filter(([name]) => /authorization|cookie/i.test(name))
        .map(([, value]) => value.replace(/^Bearer |^sid=/, '')),
    );
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/sid=[0-9a-f]{8}-/);
  });
});

describe('a planted fault is found', () => {
  const CASES: [Breakage, string][] = [
    ['status', 'GET /tags status status'],
    ['header', 'GET /tags header-missing header:x-powered-by'],
    ['byte', 'GET /logo binary body'],
    ['reorder', 'GET /tags json-reorder body.tags'],
    ['cookie', 'POST /login cookie-missing cookie:sid'],
    ['truncate', 'GET /logo truncated body'],
    ['crash-route', 'GET /health status status'],
    ['slow', 'GET /slow latency latency'],
    ['hash', 'POST /notes json-value body.sum'],
    ['ids', 'GET /notes/:id identity body.id'],
  ];
  it.each(CASES)('%s', async (breakage, cell) => {
    const report = await run(await start(breakage));
    expect(open1(report)).toContain(cell);
    expect(report.verdict).toBe('FAIL');
  });

  it('a server that dies before the first request', async () => {
    const dead = await start('dead');
    dead.close();
    const report = await run({ ...dead, crashed: () => null });
    expect(report.verdict).toBe('FAIL');
    expect(report.signatures[0]?.title).toMatch(/answered \d+ → REFUSED/);
  });

  it('a server that dies in the middle, and what was not compared is listed', async () => {
    const server = notesApp();
    const next = await listen(server);
    open.push(next);
    let seen = 0;
    server.on('request', () => ++seen === 10 && next.close());
    const report = await run(next);
    expect(report.verdict).toBe('FAIL');
    expect(report.reasons[0]).toBe('The new side ended during the run: closed by the test');
    expect(report.counts).toMatchObject({ compared: 10, notCompared: 13 });
    expect(report.notCompared[0]?.reason).toBe('the new side had ended before it');
  });
});

describe('a run that proves nothing', () => {
  it('is invalid when the old side differs from itself', async () => {
    const report = await run(await start(), {}, await start('reorder'));
    expect(report).toMatchObject({ verdict: 'INVALID', calibration: { clean: false, differing: 1 } });
  });

  it('is invalid when nothing was compared', async () => {
    const only = {
      ...traffic,
      exchanges: traffic.exchanges.filter(({ request }) => request.method === 'POST'),
    };
    const sides = { old: await start(), again: await start(), new: await start() };
    const report = await runShadow(sides, only, {
      writes: 'refused',
      routes: [],
      limits: [],
      waivers: [],
      allow: [],
    });
    expect(report).toMatchObject({ verdict: 'INVALID', counts: { compared: 0, uncovered: 2 } });
  });

  it('is inconclusive when unsafe requests are refused: those routes are uncovered, and so are those that only the guard of every address answered', async () => {
    const report = await run(await start(), { writes: 'refused', minCoverage: 1 });
    expect(report.verdict).toBe('INCONCLUSIVE');
    const guarded = 'every answer was the one that addresses of no route get, too (401)';
    const unsafe = 'it may change data: sent only with --writes isolated';
    expect(
      Object.fromEntries(
        report.routes.flatMap(({ route, status, reason }) =>
          status === 'uncovered' ? [[route, reason]] : [],
        ),
      ),
    ).toEqual({
      'POST /login': unsafe,
      'POST /notes': unsafe,
      'GET /notes': guarded,
      'GET /notes/:id': guarded,
      'DELETE /notes/:id': unsafe,
    });
    expect(report.notCompared).toHaveLength(4);
  });

  it('does not pass when every answer is the page that addresses of no route get', async () => {
    const [one] = traffic.exchanges.filter(({ request }) => request.path.startsWith('/health'));
    if (!one) throw new Error('no exchange');
    const nowhere = ['/api/cats', '/api/dogs?q=1'].map((path, i) => ({
      ...one,
      ...{ index: i + 1, response: null, request: { ...one.request, path } },
    }));
    const sides = { old: await start(), again: await start(), new: await start() };
    const report = await runShadow(
      sides,
      { ...traffic, exchanges: nowhere },
      {
        ...{ writes: 'isolated', limits: [], waivers: [], allow: [], minCoverage: 0 },
        routes: ['cats', 'dogs', '<expression>'].map((name) => ({ method: 'GET', path: `/api/${name}` })),
      },
    );
    expect(report.verdict).toBe('INCONCLUSIVE');
    expect(report.reasons).toEqual([
      expect.stringMatching(/^Every answer was one that addresses of no route get, too \(40[14]\)/),
    ]);
    expect(report.routes.map(({ route, status }) => `${route} ${status}`).sort()).toEqual([
      'GET /api/<expression> uncovered',
      'GET /api/cats uncovered',
      'GET /api/dogs uncovered',
    ]);
  });

  it('ends early when interrupted and says what was compared', async () => {
    const stop = new AbortController();
    const report = await run(await start(), {
      signal: stop.signal,
      progress: (done) => done === 5 && stop.abort(),
    });
    expect(report).toMatchObject({
      verdict: 'INVALID',
      interrupted: true,
      counts: { compared: 5, notCompared: 18 },
    });
  });
});

describe('what the team knows already', () => {
  it('a waiver explains a finding, an expired or dead one does not and is warned about', async () => {
    const waiver = {
      route: '*',
      location: 'header:x-powered-by',
      reason: 'dropped on purpose',
      expires: '2999-01-01',
    };
    const report = await run(await start('header'), {
      waivers: [{ ...waiver, expires: '2020-01-01' }, waiver, { ...waiver, location: 'header:x-gone' }],
    });
    expect(report.verdict).toBe('PASS');
    expect(report.waivers.map(({ state }) => state)).toEqual(['expired', 'used', 'dead']);
    expect(report.warnings).toHaveLength(2);
  });

  it('a route that cannot run on the target is shown and counted, and left out of the verdict', async () => {
    const report = await run(await start('byte'), {
      limits: [{ route: 'GET /logo', runtime: 'node', reason: 'needs a disk' }],
    });
    expect(report).toMatchObject({ verdict: 'PASS', counts: { excluded: 1 } });
    expect(report.routes.find(({ route }) => route === 'GET /logo')).toMatchObject({
      status: 'cannot-run',
      reason: 'needs a disk',
    });
  });
});
