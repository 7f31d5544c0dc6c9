import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import { RunReport } from '../../model/verdict.ts';
import { writeFolder } from '../../testing/runtime-apps.ts';
import { launchSides, runShadow } from '../index.ts';

/** Passes an endless answer of another server on. */
const APP = (fault: string) => `
import http from 'node:http';
http.createServer({ ${fault.includes('lenient') ? 'insecureHTTPParser: true, requireHostHeader: false' : ''} }, async (req, res) => {
  if (req.url !== '/ticks') return res.writeHead(404).end('nothing');
  const work = new AbortController();
  if (${!fault.includes('goes on')}) res.on('close', () => work.abort());
  try {
    const ticks = await fetch(process.env.TICKS, { signal: work.signal });
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for await (const chunk of ticks.body) res.write(chunk);
  } catch {}
  res.end();
}).listen(process.env.PORT, '127.0.0.1');
`;

const cleanups: (() => unknown)[] = [];
let ticks: string;

beforeAll(async () => {
  // Three ticks for a client that waits, and a long silence in between that shows who still listens.
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' });
    res.write('data: 1\n\n');
    const timers = [setTimeout(() => res.write('data: 2\n\n'), 100), setTimeout(() => res.end(), 4_000)];
    res.on('close', () => timers.forEach(clearTimeout));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ticks = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
});
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
});

const EVENTS = Buffer.from('data: 1\n\n');
const EXCHANGES: Exchange[] = [
  {
    ...{ schema: 'migrate/exchange', version: 1, index: 1, source: 'test', session: 's' },
    request: {
      method: 'GET',
      origin: 'http://localhost',
      path: '/ticks',
      headers: [['Host', 'localhost']],
      body: null,
    },
    response: {
      ...{
        status: 200,
        reason: 'OK',
        headers: [['Content-Type', 'text/event-stream']],
        body: EVENTS,
        size: EVENTS.length,
      },
      ...{ sha256: '', ending: 'aborted', chunks: [], headMs: 1, totalMs: 1 },
    },
  },
];

async function run(fault: string): Promise<RunReport> {
  const logs = mkdtempSync(join(tmpdir(), 'probes-logs-'));
  cleanups.push(() => rmSync(logs, { recursive: true, force: true }));
  const side = async (of: string) => {
    const { dir, remove } = await writeFolder({
      'package.json': '{"type":"module","main":"app.mjs"}',
      'app.mjs': APP(of),
    });
    cleanups.push(remove);
    return { spec: `node@22:${dir}` };
  };
  const launched = await launchSides(
    { old: await side(''), new: await side(fault) },
    { cwd: '/', logs, env: { TICKS: ticks } },
  );
  try {
    const traffic = { source: 'test', file: 'test', exchanges: EXCHANGES, skipped: new Map(), warnings: [] };
    const options = {
      writes: 'isolated',
      routes: [],
      limits: [],
      waivers: [],
      allow: [],
      probes: ['malformed', 'abort'],
    } as const;
    const report = await runShadow(launched.sides, traffic, options);
    expect(RunReport.parse(report)).toEqual(report);
    return report;
  } finally {
    await launched.close();
  }
}

const different = ({ probes }: RunReport) =>
  probes?.rows.filter(({ state }) => state !== 'same').map(({ name, old, new: next }) => [name, old, next]);

describe('probes', () => {
  it('find nothing between two sides that are the same, and say what was answered', async () => {
    const report = await run('');
    expect(different(report)).toEqual([]);
    expect(report.probes?.rows).toHaveLength(20);
    const said = Object.fromEntries(report.probes?.rows.map(({ name, new: next }) => [name, next]) ?? []);
    expect(said).toMatchObject({
      ...{ 'host-missing': '400, closed', 'both-lengths': '400, closed', 'header-oversized': '431, closed' },
      ...{ 'http-1.0': '404, closed', 'absolute-form': '404, kept open' },
      'GET /ticks': 'left during the answer; its outgoing calls stop; others are answered',
    });
    expect(report.verdict).not.toBe('FAIL');
  });
});

it('a server that takes what it should refuse, and works on for a client that is gone, is found', async () => {
  const report = await run('lenient, goes on');
  const found = different(report) ?? [];
  expect(found.map(([name]) => name)).toEqual(expect.arrayContaining(['host-missing', 'both-lengths']));
  expect(found.at(-1)).toEqual([
    'GET /ticks',
    'left during the answer; its outgoing calls stop; others are answered',
    'left during the answer; its outgoing calls go on; others are answered',
  ]);
  expect(report.verdict).toBe('FAIL');
  expect(report.reasons).toContain(`${found.length} probes are answered in another way.`);
  expect(report.signatures.map(({ title }) => title)).toContain('probe abort/GET /ticks');
});
