import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../model/verdict.ts';
import { launchApp, parseSpec, provisionRuntime } from '../../runtimes/index.ts';
import { writeFolder } from '../../testing/runtime-apps.ts';
import { listen } from '../__fixtures__/app.ts';
import { readTraffic, runShadow, startRecording, type Traffic } from '../index.ts';
import type { LiveSide } from '../sides/side.ts';
import { closing, frame, frameReader } from './frames.ts';

type Fault = 'none' | 'order' | 'binary' | 'lost' | 'close' | 'refused' | 'value';

/** Greets with an id of its own making, answers `{"echo": …}`, sends bytes for "bytes", says goodbye with 4001. */
function chat(fault: Fault, deflate = false): Server {
  const server = createServer((_req, res) => res.end('ok'));
  server.on('upgrade', (req, socket: Socket, early) => {
    if (fault === 'refused') return socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    const accept = createHash('sha1')
      .update(`${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    const agreed = deflate
      ? 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n'
      : '';
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${agreed}\r\n`,
    );
    const send = (kind: 'text' | 'binary', data: Buffer | string) =>
      socket.write(frame(kind, Buffer.from(data), { masked: false, compressed: deflate }));
    const id = createHash('sha256').update(String(Math.random())).digest('hex').slice(0, 32);
    send('text', JSON.stringify({ id, hello: true, token: 's3cret-token-of-the-chat-1' }));
    const read = frameReader(
      {
        message(_kind, data) {
          const text = data.toString();
          if (text === 'bytes') return send(fault === 'binary' ? 'text' : 'binary', Buffer.from([1, 2, 3]));
          if (text === 'bye')
            return socket.end(
              frame('close', closing(fault === 'close' ? 1000 : 4001, 'bye'), { masked: false }),
            );
          const parsed = JSON.parse(text);
          const known = parsed.id === id;
          const answers = [
            JSON.stringify({ echo: fault === 'value' ? 'x' : parsed.say, known }),
            JSON.stringify({ done: parsed.say }),
          ];
          for (const one of fault === 'order'
            ? answers.reverse()
            : answers.slice(0, fault === 'lost' ? 1 : 2))
            send('text', one);
        },
        ping() {},
        close: () => socket.end(),
        lost: () => socket.destroy(),
      },
      deflate,
    );
    socket.on('data', read);
    socket.on('error', () => {});
    read(early);
  });
  return server;
}

const BUN = `
Bun.serve({
  port: Number(process.env.PORT), hostname: '127.0.0.1',
  fetch: (req, server) => (server.upgrade(req, { data: { id: crypto.randomUUID().replaceAll('-', '') } }) ? undefined : new Response('ok')),
  websocket: {
    open(ws) { ws.send(JSON.stringify({ id: ws.data.id, hello: true, token: 's3cret-token-of-the-chat-1' })); },
    message(ws, text) {
      if (text === 'bytes') return ws.send(new Uint8Array([1, 2, 3]));
      if (text === 'bye') return ws.close(4001, 'bye');
      const parsed = JSON.parse(text);
      ws.send(JSON.stringify({ echo: parsed.say, known: parsed.id === ws.data.id }));
      ws.send(JSON.stringify({ done: parsed.say }));
    },
  },
});
`;

const cleanups: (() => unknown)[] = [];
let traffic: Traffic;
const start = async (fault: Fault, deflate = false): Promise<LiveSide> => {
  const side = await listen(chat(fault, deflate));
  cleanups.push(() => side.close());
  return side;
};

/** Talks to a chat through the recorder, with a client that is not ours, and reads the recording back. */
async function record(deflate: boolean): Promise<Traffic> {
  const state = mkdtempSync(join(tmpdir(), 'socket-test-'));
  cleanups.push(() => rmSync(state, { recursive: true, force: true }));
  const { origin } = await start('none', deflate);
  const recording = await startRecording(state, {
    upstream: origin,
    port: 0,
    name: 'r',
    maxBody: 1024 * 1024,
    syncMs: 5,
  });
  const socket = new WebSocket(`ws://127.0.0.1:${recording.port}/chat`);
  socket.binaryType = 'arraybuffer';
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('the socket failed')));
    socket.addEventListener('message', ({ data }) => {
      seen++;
      if (seen === 1) socket.send(JSON.stringify({ say: 'one', id: JSON.parse(String(data)).id }));
      if (seen === 3) socket.send('bytes');
      if (seen === 4) socket.send('bye');
    });
    socket.addEventListener('close', () => resolve());
  });
  await recording.close(200);
  return readTraffic(recording.folder, { state, env: {} });
}

async function run(next: LiveSide, recorded = traffic): Promise<RunReport> {
  const sides = { old: await start('none'), again: await start('none'), new: next };
  return runShadow(sides, recorded, {
    writes: 'isolated',
    routes: [],
    limits: [],
    waivers: [],
    allow: [],
    timeoutMs: 1_000,
  });
}

const open = ({ cells }: RunReport) =>
  cells
    .filter(({ explained, location }) => !explained && !location.startsWith('header:'))
    .map(({ kind, location, exemplars }) => [kind, location, exemplars[0]?.old, exemplars[0]?.new]);

beforeAll(async () => {
  traffic = await record(false);
});
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

describe('a WebSocket', () => {
  it('is recorded message by message without its secrets, and replays with ids of its own', async () => {
    const transcript = traffic.exchanges[0]?.response?.transcript;
    expect(transcript?.messages.map(({ from, kind }) => `${from} ${kind}`)).toEqual([
      ...['server text', 'client text', 'server text', 'server text'],
      ...['client text', 'server binary', 'client text'],
    ]);
    expect(transcript?.close).toEqual({ by: 'server', code: 4001, reason: 'bye' });
    expect(JSON.stringify(transcript)).not.toContain('s3cret-token');
    const report = await run(await start('none'));
    expect(open(report)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'PASS', counts: { compared: 1 } });
    expect(report.detection.faults.find(({ fault }) => fault === 'socket-message-lost')).toMatchObject({
      planted: 1,
      seen: 1,
    });
  });

  it('is recorded where its messages are compressed', async () => {
    const { exchanges } = await record(true);
    const plain = traffic.exchanges[0]?.response?.transcript?.messages;
    const shape = (list: typeof plain) =>
      list?.map(
        ({ from, kind, data }) =>
          `${from} ${kind} ${data.replace(/[0-9a-f]{32}/, 'ID').replace(/REDACTED-\w+/, 'TAG')}`,
      );
    expect(shape(exchanges[0]?.response?.transcript?.messages)).toEqual(shape(plain));
  });

  it('says the same on another runtime with a server of its own', async () => {
    const { dir, remove } = await writeFolder({ 'app.js': BUN });
    const app = await launchApp(await provisionRuntime(await parseSpec('bun@1.4')), {
      dir,
      entry: 'app.js',
      runFolder: join(dir, 'run'),
    });
    cleanups.push(remove, () => app.stop());
    const side = { ...(await start('none')), origin: app.origin };
    expect(open(await run(side))).toEqual([]);
  });
});

/** The recorded connection as Chrome writes it into a HAR; `more` replaces members of its entry. */
async function asHar(more: object = {}): Promise<Traffic> {
  const folder = mkdtempSync(join(tmpdir(), 'socket-har-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const [exchange] = traffic.exchanges;
  const began = Date.parse('2026-11-23T10:00:00.000Z');
  const headers = (list: readonly [string, string][] = []) => list.map(([name, value]) => ({ name, value }));
  const _webSocketMessages = exchange?.response?.transcript?.messages.map(({ from, at, kind, data }) => ({
    type: from === 'client' ? 'send' : 'receive',
    time: (began + at) / 1000,
    opcode: kind === 'text' ? 1 : 2,
    data,
  }));
  const entry = {
    ...{ _resourceType: 'websocket', _webSocketMessages, startedDateTime: new Date(began).toISOString() },
    request: { method: 'GET', url: 'wss://chat.test/chat', headers: headers(exchange?.request.headers) },
    response: {
      status: 101,
      statusText: 'Switching Protocols',
      headers: headers(exchange?.response?.headers),
    },
    ...more,
  };
  const file = join(folder, 'chat.har');
  writeFileSync(file, JSON.stringify({ log: { version: '1.2', entries: [entry] } }));
  return readTraffic(file);
}

describe('a WebSocket in a HAR', () => {
  it('is read with its messages and replays with ids of its own', async () => {
    const har = await asHar();
    const recorded = traffic.exchanges[0]?.response?.transcript;
    expect(har.exchanges[0]).toMatchObject({
      request: { method: 'GET', origin: 'https://chat.test', path: '/chat' },
      response: { status: 101, transcript: { close: { by: 'nobody' } } },
    });
    const said = (list: typeof recorded) => list?.messages.map(({ from, kind, data }) => [from, kind, data]);
    expect(said(har.exchanges[0]?.response?.transcript)).toEqual(said(recorded));
    const report = await run(await start('none'), har);
    expect(open(report)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'PASS', counts: { compared: 1 } });
    const found = open(await run(await start('value'), har)).map((one) => one.slice(0, 2));
    expect(found).toContainEqual(['json-value', 'stream[].data.echo']);
  });

  const CASES: [string, object, RegExp][] = [
    [
      'without its messages',
      { _webSocketMessages: undefined },
      /messages of its WebSocket are not in the HAR/,
    ],
    [
      'that the browser failed',
      { _webSocketMessages: [{ type: 'error', time: 1, opcode: -1, data: 'Invalid frame header' }] },
      /messages are not all recorded: the browser failed the connection/,
    ],
    [
      'with a message too long to keep',
      { _webSocketMessages: [{ type: 'send', time: 1, opcode: 1, data: 'x'.repeat(1024 * 1024 + 1) }] },
      /messages are not all recorded: a message of more than 1 MiB/,
    ],
  ];
  it.each(CASES)('%s is listed as not compared, with the reason', async (_, more, reason) => {
    const { notCompared, routes } = await run(await start('none'), await asHar(more));
    expect(notCompared.map((one) => one.reason)).toEqual([expect.stringMatching(reason)]);
    expect(routes).toMatchObject([
      { route: 'GET /chat', status: 'not-compared', reason: expect.stringMatching(reason) },
    ]);
  });
});

describe('a planted fault is found', () => {
  const CASES: [Fault, string[]][] = [
    ['order', ['json-missing', 'stream[].data.echo']],
    ['binary', ['stream', 'stream[].kind', 'binary', 'text']],
    ['close', ['stream', 'stream.close', 'closed by the server: 4001 bye', 'closed by the server: 1000 bye']],
    ['lost', ['stream', 'stream.length', '4 messages', '3 messages']],
    ['value', ['json-value', 'stream[].data.echo', 'one', 'x']],
    ['refused', ['status', 'status', '101', '403']],
  ];
  it.each(CASES)('%s', async (fault, cell) => {
    const found = open(await run(await start(fault)));
    expect(found.map((one) => one.slice(0, cell.length))).toContainEqual(cell);
  });
});
