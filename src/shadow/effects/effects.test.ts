import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import { RunReport } from '../../model/verdict.ts';
import type { Waiver } from '../../model/waiver.ts';
import { writeFolder } from '../../testing/runtime-apps.ts';
import { type GivenState, launchSides, runShadow, splitCommand } from '../index.ts';

/** Stores what it is sent under a name of its own making, keeps a journal, and tells a mail server. */
const APP = (fault: string) => `
import { createServer } from 'node:http';
import { appendFile, mkdir, unlink, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const fault = ${JSON.stringify(fault)};
await mkdir('stored', { recursive: true });
const mail = process.env.MAIL;
createServer(async (req, res) => {
  let body = '';
  for await (const chunk of req) body += chunk;
  if (req.method === 'POST') {
    const text = fault.includes('content') ? body.toUpperCase() : body;
    if (!fault.includes('no-file')) await writeFile(join('stored', randomUUID() + '.txt'), text);
    await appendFile('journal.jsonl', JSON.stringify({ at: new Date().toISOString(), body }) + '\\n');
    if (fault.includes('scratch')) await writeFile(join(tmpdir(), 'left-over'), body);
    const sent = await fetch(mail + '/send', { method: 'POST', body: JSON.stringify({ id: randomUUID(), body: fault.includes('mail') ? 'x' : body }) });
    if (fault.includes('twice')) await fetch(mail + '/send', { method: 'POST', body: JSON.stringify({ id: randomUUID(), body }) });
    return res.end('stored ' + (await sent.text()));
  }
  if (req.method === 'PUT') {
    if (!fault.includes('refuses')) await writeFile('put.txt', body);
    if (fault.includes('leaves')) await writeFile('left.txt', body);
    if (fault.includes('refuses')) res.statusCode = 404;
  }
  if (req.method === 'DELETE' && !fault.includes('keeps')) await unlink('seed.txt').catch(() => {});
  res.end('ok');
}).listen(process.env.PORT, '127.0.0.1');
`;

/** The same on Workers, with a bucket in place of the folder. */
const WORKER = `
export default { async fetch(request, env) {
  if (request.method !== 'POST') return new Response('ok');
  const body = await request.text();
  await env.UPLOADS.put(crypto.randomUUID() + '.txt', body);
  await env.UPLOADS.put('copies/' + crypto.randomUUID(), body);
  const sent = await fetch(env.MAIL + '/send', { method: 'POST', body: JSON.stringify({ id: crypto.randomUUID(), body }) });
  return new Response('stored ' + (await sent.text()));
} };
`;

const cleanups: (() => unknown)[] = [];
let mail: string;
let received: string[] = [];

beforeAll(async () => {
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => (body += chunk));
    req.on('end', () => {
      received.push(`${req.method} ${req.url} ${body}`);
      res.end(`mail ${received.length}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mail = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cleanups.push(() => server.close());
});
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
});

async function folder(files: Record<string, string>): Promise<string> {
  const { dir, remove } = await writeFolder({
    'package.json': '{"type":"module","main":"app.mjs"}',
    ...files,
  });
  cleanups.push(remove);
  return dir;
}

const exchange = (index: number, method: string, body: string | null): Exchange => ({
  ...{ schema: 'migrate/exchange', version: 1, index, source: 'test', session: 's', response: null },
  request: {
    method,
    origin: 'http://localhost',
    path: '/notes',
    headers: [],
    body: body === null ? null : Buffer.from(body),
  },
});
const EXCHANGES = [exchange(1, 'POST', 'first'), exchange(2, 'POST', 'second'), exchange(3, 'DELETE', null)];

async function run(
  next: { spec: string },
  state?: GivenState,
  old = APP(''),
  { waivers = [], exchanges = EXCHANGES }: { waivers?: readonly Waiver[]; exchanges?: Exchange[] } = {},
): Promise<RunReport> {
  received = [];
  const logs = mkdtempSync(join(tmpdir(), 'effects-logs-'));
  cleanups.push(() => rmSync(logs, { recursive: true, force: true }));
  const given = {
    old: { spec: `node@22:${await folder({ 'app.mjs': old, 'seed.txt': 'seed' })}` },
    new: next,
  };
  const launched = await launchSides(given, { cwd: '/', logs, env: { MAIL: mail }, ...(state && { state }) });
  try {
    const traffic = { source: 'test', file: 'test', exchanges, skipped: new Map(), warnings: [] };
    const options = {
      writes: 'isolated',
      routes: [...new Set(exchanges.map(({ request }) => request.method))].map((method) => ({
        ...{ method, path: '/notes' },
      })),
      limits: [],
      waivers,
      allow: [],
    } as const;
    const report = await runShadow(launched.sides, traffic, options);
    expect(RunReport.parse(report)).toEqual(report);
    return report;
  } finally {
    await launched.close();
  }
}

const node = async (fault: string) => ({
  spec: `node@22:${await folder({ 'app.mjs': APP(fault), 'seed.txt': 'seed' })}`,
});
const open = (report: RunReport) =>
  report.cells
    .filter(({ explained, location }) => !explained && location !== 'header:content-type')
    .map(({ route, kind, location }) => `${route} ${kind} ${location.replace(mail, 'MAIL')}`);

describe('effects of the same application', () => {
  it('are the same: generated names and dates match, and other servers are called by the old side alone', async () => {
    const report = await run(await node(''));
    expect(open(report)).toEqual([]);
    expect(report.verdict).toBe('PASS');
    expect(report.effects).toMatchObject({
      counts: [
        { what: 'files', old: 4, new: 4 },
        { what: 'objects', old: null, new: null },
        { what: 'outgoing calls', old: 2, new: 2 },
      ],
      ...{
        different: 0,
        notObserved: [
          'old side: outgoing calls with an http.Agent of their own',
          'new side: outgoing calls with an http.Agent of their own',
        ],
      },
    });
    expect(received).toHaveLength(2);
    const planted = report.detection.faults.filter(({ fault }) => fault.startsWith('effect-'));
    expect(planted.map(({ fault, planted: many, seen }) => [fault, many > 0 && many === seen])).toEqual([
      ['effect-lost', true],
      ['effect-changed', true],
      ['effect-added', true],
      ['effect-name-form', true],
    ]);
  });
});

describe('what only one side did', () => {
  const refusal: Waiver = {
    ...{ route: 'PUT /notes', location: 'status', old: '200', new: '404' },
    ...{ reason: 'nothing is put any more', expires: '2999-01-01' },
  };
  const reason: Waiver = { ...refusal, location: 'reason', old: 'OK', new: 'Not Found' };

  it('is accepted with the refusal of the other one, and what the refusing side does itself is not', async () => {
    const put = async (fault: string, waivers: Waiver[]) =>
      open(
        await run(await node(fault), undefined, APP(''), { waivers, exchanges: [exchange(1, 'PUT', 'x')] }),
      );
    expect(await put('refuses', [refusal, reason])).toEqual([]);
    expect(await put('refuses', [reason])).toEqual([
      'PUT /notes effect-missing file:put.txt',
      'PUT /notes status status',
    ]);
    expect(await put('refuses leaves', [refusal, reason])).toEqual(['PUT /notes effect-added file:left.txt']);
  }, 60_000);
});

describe('a planted fault is found', () => {
  const CASES: [string, string[]][] = [
    [
      'content, scratch, keeps and twice',
      [
        'POST /notes effect-changed file:stored/<uuid>.txt',
        'POST /notes effect-added file:<tmp>/left-over',
        '(some exchange) effect-missing file:seed.txt',
        'POST /notes effect-added outgoing:POST MAIL/send',
      ],
    ],
    [
      'no-file and mail',
      [
        'POST /notes effect-missing file:stored/<uuid>.txt',
        'POST /notes effect-changed outgoing:POST MAIL/send body',
      ],
    ],
  ];
  it.each(CASES)('%s', async (faults, cells) => {
    const report = await run(await node(faults));
    expect(open(report)).toEqual(expect.arrayContaining(cells));
    expect(report.verdict).toBe('FAIL');
    expect(received).toHaveLength(2);
  });
});

describe('files of Node.js and objects of R2', () => {
  const worker = async () => ({
    spec: `workers:${await folder({ 'worker.mjs': WORKER, 'wrangler.jsonc': '{"name":"w","main":"worker.mjs","compatibility_date":"2026-08-04","r2_buckets":[{"binding":"UPLOADS","bucket_name":"u"}]}' })}`,
  });
  const FILES_ONLY = APP('')
    .replace(/await appendFile.*\n/, '\n')
    .replace(/if \(req.method === 'DELETE'.*\n/, '\n');

  it('are compared by key and content, and an object too many is found', async () => {
    const report = await run(await worker(), undefined, FILES_ONLY);
    expect(report.effects).toMatchObject({
      mapped: ['r2 UPLOADS of the new side stands for the folder stored'],
    });
    const stored = report.effects?.rows.filter(({ place }) => place === 'file:stored/<uuid>.txt');
    expect(
      stored?.map(({ state, new: told }) => [state, told?.replace(/[0-9a-f-]{36}/, 'ID').slice(0, 38)]),
    ).toEqual([
      ['same', 'r2 UPLOADS/ID.txt, written, 5 bytes, s'],
      ['same', 'r2 UPLOADS/ID.txt, written, 6 bytes, s'],
    ]);
    expect(open(report)).toEqual(['POST /notes effect-added file:stored/copies/<uuid>']);
    expect(received).toHaveLength(2);
  });
});

describe('the state the sides begin with', () => {
  it('is laid over each copy, and shown to be the same', async () => {
    const state = await folder({ 'data/notes.json': '[1]' });
    const report = await run(await node(''), { folder: state });
    expect(report).toMatchObject({ verdict: 'PASS', state: { files: 2, differs: null } });
    expect(report.state?.new).toBe(report.state?.old);
  });

  it('makes the run INVALID when a command does not make the same twice', async () => {
    const program = "require('fs').writeFileSync('seeded.txt', String(process.pid))";
    const command = splitCommand(`node -e "${program}" -- --token=s3cret postgres://me:s3cret@db/x`);
    const report = await run(await node(''), { command });
    expect(JSON.stringify(report)).not.toContain('s3cret');
    expect(report.verdict).toBe('INVALID');
    expect(report.reasons[0]).toContain('seeded.txt differs');
  });

  it('is made by a program, never by a shell', () => {
    expect(splitCommand(`npm run seed -- --name 'a b' "c \\"d\\""`)).toEqual([
      'npm',
      'run',
      'seed',
      '--',
      '--name',
      'a b',
      'c "d"',
    ]);
    expect(splitCommand('node a.js && rm -rf x')).toEqual(['node', 'a.js', '&&', 'rm', '-rf', 'x']);
    expect(() => splitCommand(`node 'a`)).toThrow('--state-command is a program and its arguments');
  });
});
