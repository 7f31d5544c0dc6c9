import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { layer, startEdge, writeEdge } from './__fixtures__/edge.ts';
import { type Asked, exchange, told } from './__fixtures__/exchange.ts';
import { type Origin, startOrigin } from './__fixtures__/origin.ts';
import type { EdgeTarget } from './folder.ts';

const targets: EdgeTarget[] =
  process.env.MIGRATE_EDGE === 'all' ? ['workers', 'node', 'bun', 'deno'] : ['workers', 'node'];

const ROUTES = { paths: ['/at-edge', '/fails-at-edge'] };
const MODULE = `import { Hono } from 'hono';
const app = new Hono();
app.get('/at-edge', (c) => c.text('of the edge'));
app.get('/fails-at-edge', () => { throw new Error('no'); });
export default app;
`;

/** The local server of Workers asks for a packed body for every client, and unpacks it again without its length. */
const PLAIN = 'a body that is packed for others only';
const upload = Buffer.from('uploaded '.repeat(40_000));
const SAME: Record<string, Asked> = {
  'a text': { path: '/plain' },
  'a query as it was written': { path: '/plain?a=1&a=2&b=%20x+y&c[]=3' },
  'a page nobody has': { path: '/nowhere' },
  'two cookies': { path: '/cookies' },
  'a redirect': { path: '/redirect' },
  'a redirect to another host': { path: '/away' },
  'a packed body': { path: '/gzip', headers: { 'accept-encoding': 'gzip' } },
  'a body packed with Brotli': { path: '/br', headers: { 'accept-encoding': 'br' } },
  'a packed body of no known length': { path: '/gzip-streamed', headers: { 'accept-encoding': 'gzip' } },
  'a body that is packed for who asks': { path: '/negotiated', headers: { 'accept-encoding': 'gzip' } },
  [PLAIN]: { path: '/negotiated', headers: { 'accept-encoding': 'identity' } },
  HEAD: { method: 'HEAD', path: '/sized' },
  'HEAD of a packed body': { method: 'HEAD', path: '/gzip', headers: { 'accept-encoding': 'gzip' } },
  OPTIONS: { method: 'OPTIONS', path: '/plain' },
  PATCH: { method: 'PATCH', path: '/upload', body: Buffer.from('x') },
  'a method with a name of its own': { method: 'PROPFIND', path: '/plain' },
  'a 304': { path: '/not-modified', headers: { 'if-none-match': '"five"' } },
  'a range': { path: '/range', headers: { range: 'bytes=2-4' } },
  'a field with letters beyond ASCII': { path: '/latin' },
  'no content': { path: '/none' },
  'an error': { path: '/error' },
  'an upload': { method: 'POST', path: '/upload', body: upload },
  'an upload in pieces': {
    ...{ method: 'PUT', path: '/upload', body: upload },
    headers: { 'transfer-encoding': 'chunked' },
  },
  'an empty POST': { method: 'POST', path: '/upload' },
  DELETE: { method: 'DELETE', path: '/plain' },
};

describe.each(targets)('the layer on %s', (target) => {
  let origin: Origin;
  let edge: Awaited<ReturnType<typeof startEdge>>;

  beforeAll(async () => {
    origin = await startOrigin();
    const folder = await writeEdge(layer(target, ROUTES, MODULE));
    edge = await startEdge(target, folder, { ORIGIN_URL: origin.url, ORIGIN_TIMEOUT_MS: '1500' });
  });
  afterAll(async () => {
    await edge?.remove();
    await origin?.stop();
  });

  it.each(Object.entries(SAME).filter(([name]) => target !== 'workers' || name !== PLAIN))(
    'answers %s as the origin does',
    async (_, asked) => {
      expect(told(await exchange(edge.origin, asked))).toEqual(told(await exchange(origin.url, asked)));
    },
  );

  it('tells the origin who asks, and keeps the fields of a connection to itself', async () => {
    const headers = {
      ...{ host: 'shop.example', connection: 'x-secret', 'x-secret': 'of this connection', te: 'trailers' },
      ...{ 'x-forwarded-host': 'forged', 'x-forwarded-proto': 'forged', 'x-kept': 'yes' },
    };
    const { body } = await exchange(edge.origin, { path: '/echo', headers });
    const seen = JSON.parse(body.toString());
    expect(seen.headers).toMatchObject({
      ...{ host: new URL(origin.url).host, 'x-kept': 'yes' },
      ...{ 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'http' },
    });
    expect(Object.keys(seen.headers)).not.toContain('x-secret');
    expect(Object.keys(seen.headers)).not.toContain('te');
    if (target === 'workers') return;
    expect(seen.headers['accept-encoding']).toBeUndefined();
    expect(seen.headers['x-forwarded-for']).toMatch(/127\.0\.0\.1$/);
  });

  it('keeps what a proxy in front of it says, where it is told that there is one', async () => {
    const folder = await writeEdge(layer(target, null));
    const behind = await startEdge(target, folder, { ORIGIN_URL: origin.url, BEHIND_PROXY: 'on' });
    try {
      const said = { 'x-forwarded-host': 'shop.example', 'x-forwarded-proto': 'https' };
      const headersOf = async (headers: Record<string, string>) =>
        JSON.parse((await exchange(behind.origin, { path: '/echo', headers })).body.toString()).headers;
      expect(await headersOf(said)).toMatchObject(said);
      expect(await headersOf({ host: 'shop.example' })).toMatchObject({
        ...said,
        'x-forwarded-proto': 'http',
      });
    } finally {
      await behind.remove();
    }
  });

  it('adds the client to those that were named before it', async () => {
    const { body } = await exchange(edge.origin, {
      path: '/echo',
      headers: { 'x-forwarded-for': '192.0.2.1', 'cf-connecting-ip': '192.0.2.2' },
    });
    const { 'x-forwarded-for': seen } = JSON.parse(body.toString()).headers;
    expect(seen).toMatch(target === 'workers' ? /^192\.0\.2\.1, / : /^192\.0\.2\.1, (::ffff:)?127\.0\.0\.1$/);
  });

  it('keeps the fields of the origin’s connection from the client', async () => {
    const { headers } = await exchange(edge.origin, { path: '/hop' });
    const names = headers.map(([name]) => name);
    expect(names).toContain('x-public');
    expect(names).not.toContain('x-private');
  });

  it('asks no other host for a path that begins with two slashes', async () => {
    const { status, body } = await exchange(edge.origin, { path: '//example.org/plain' });
    expect([status, body.toString()]).toEqual([404, 'not here']);
  });

  it('hands on an event stream piece by piece', async () => {
    const { pieces, complete } = await exchange(edge.origin, { path: '/events' });
    expect(complete).toBe(true);
    expect(pieces.map(({ text }) => text)).toEqual(['data: 0\n\n', 'data: 1\n\n', 'data: 2\n\n']);
    expect((pieces[1]?.at ?? 0) - (pieces[0]?.at ?? 0)).toBeGreaterThan(60);
  });

  it('passes a WebSocket', async () => {
    const socket = new WebSocket(`${edge.origin.replace('http', 'ws')}/socket`);
    const heard: string[] = [];
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('message', (data) => {
      heard.push(String(data));
      if (heard.length === 1) socket.send('again');
      else socket.close();
    });
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    socket.send('hello');
    await closed;
    expect(heard).toEqual(['hello', 'again']);
  });

  it('passes the refusal of a WebSocket', async () => {
    const socket = new WebSocket(`${edge.origin.replace('http', 'ws')}/no-socket`);
    const message = await new Promise((resolve) => socket.on('error', ({ message }) => resolve(message)));
    expect(message).toContain('403');
  });

  it.each(['/cut', '/cut-sized'])('lets the client see that a body broke off: %s', async (path) => {
    const cut = await exchange(edge.origin, { path }).catch(() => null);
    expect(cut?.complete ?? false).toBe(false);
  });

  it('answers 504 in plain text where the origin does not begin in time', async () => {
    const { status, headers, body } = await exchange(edge.origin, { path: '/slow' });
    expect([status, body.toString()]).toEqual([504, 'The origin did not answer in time.\n']);
    expect(headers.find(([name]) => name === 'content-type')?.[1]).toMatch(/^text\/plain/i);
  });

  it('answers a chosen route itself, its HEAD as well', async () => {
    expect((await exchange(edge.origin, { path: '/at-edge' })).body.toString()).toBe('of the edge');
    const { status, body } = await exchange(edge.origin, { method: 'HEAD', path: '/at-edge' });
    expect([status, body.length]).toEqual([200, 0]);
  });

  it.each([
    ['another method', { method: 'POST', path: '/at-edge' }],
    ['a route that fails', { path: '/fails-at-edge' }],
    ['a path that Express decodes', { path: '/at%2Dedge' }],
    ['a path that ends with a slash', { path: '/at-edge/' }],
    ['a GET with a body', { path: '/at-edge', body: Buffer.from('x'), headers: { 'content-length': '1' } }],
  ] as [string, Asked][])('hands %s to the origin', async (_, asked) => {
    expect((await exchange(edge.origin, asked)).body.toString()).toBe('of the origin');
  });

  it('answers 502 while the origin is down, and its own routes all the same', async () => {
    const { port } = origin;
    await origin.stop();
    try {
      const { status, body } = await exchange(edge.origin, { path: '/plain' });
      expect([status, body.toString()]).toEqual([502, 'The origin cannot be reached.\n']);
      expect((await exchange(edge.origin, { path: '/at-edge' })).body.toString()).toBe('of the edge');
      const socket = new WebSocket(`${edge.origin.replace('http', 'ws')}/socket`);
      const message = await new Promise((resolve) => socket.on('error', ({ message }) => resolve(message)));
      expect(message).toContain('502');
    } finally {
      origin = await startOrigin(port);
    }
    expect((await exchange(edge.origin, { path: '/plain' })).status).toBe(200);
  });

  it('hands everything to the origin with EDGE=off', async () => {
    const folder = await writeEdge(layer(target, ROUTES, MODULE));
    const off = await startEdge(target, folder, { ORIGIN_URL: origin.url, EDGE: 'off' });
    try {
      expect((await exchange(off.origin, { path: '/at-edge' })).body.toString()).toBe('of the origin');
    } finally {
      await off.remove();
    }
  });
});
