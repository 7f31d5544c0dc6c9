import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conditionalGet } from '../parity-source/native/conditional-get.ts';

const servers: Server[] = [];

// biome-ignore lint/suspicious/noExplicitAny: Express's own, whose types are not here
type Res = any;

const before = () => {
  const app = express();
  app.disable('x-powered-by');
  app.get('/json', (_req: unknown, res: Res) => res.json({ a: 'é' }));
  app.get('/vendor', (_req: unknown, res: Res) => res.type('application/vnd.api+json').json([1]));
  app.get('/text', (_req: unknown, res: Res) => res.type('text/plain').send('hello'));
  app.get('/html', (_req: unknown, res: Res) => res.send('<p>hello</p>'));
  app.get('/bytes', (_req: unknown, res: Res) => res.send(Buffer.from([1, 2, 3])));
  app.get('/own', (_req: unknown, res: Res) => res.set('ETag', '"mine"').json({}));
  app.get('/dated', (_req: unknown, res: Res) =>
    res.set('Last-Modified', 'Thu, 01 Jan 2026 00:00:00 GMT').json({}),
  );
  app.get('/unstored', (_req: unknown, res: Res) => res.set('Cache-Control', 'no-store').json({ now: 1 }));
  app.get('/created', (_req: unknown, res: Res) => res.status(201).json({ made: 1 }));
  return app;
};

const after = () => {
  const app = new Hono();
  app.use(conditionalGet());
  app.get('/json', (c) => c.json({ a: 'é' }));
  app.get('/vendor', (c) => c.json([1], 200, { 'Content-Type': 'application/vnd.api+json' }));
  app.get('/text', (c) => c.text('hello'));
  app.get('/html', (c) => c.html('<p>hello</p>'));
  app.get('/bytes', (c) => {
    c.header('Content-Type', 'application/octet-stream');
    return c.body(Buffer.from([1, 2, 3]));
  });
  app.get('/own', (c) => {
    c.header('ETag', '"mine"');
    return c.json({});
  });
  app.get('/dated', (c) => {
    c.header('Last-Modified', 'Thu, 01 Jan 2026 00:00:00 GMT');
    return c.json({});
  });
  app.get('/unstored', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ now: 1 });
  });
  app.get('/created', (c) => c.json({ made: 1 }, 201));
  app.get('/missing', (c) => c.json({ error: 'none' }, 404));
  app.post('/json', (c) => c.json({ a: 'é' }));
  return app;
};

const PATHS = ['/json', '/vendor', '/text', '/html', '/bytes', '/own', '/dated', '/created'];

/** Asked with what each would have kept: `{}` stands for the tag of the first answer. */
const ASKED: readonly Record<string, string>[] = [
  {},
  { 'If-None-Match': '{}' },
  { 'If-None-Match': 'W/"other", {}' },
  { 'If-None-Match': '"other"' },
  { 'If-None-Match': '*' },
  { 'If-None-Match': '{}', 'Cache-Control': 'no-cache' },
  { 'If-Modified-Since': 'Fri, 02 Jan 2026 00:00:00 GMT' },
  { 'If-Modified-Since': 'Wed, 31 Dec 2025 00:00:00 GMT' },
];

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function answers(origin: string, path: string, method: string): Promise<unknown[]> {
  const first = await fetch(origin + path);
  const tag = first.headers.get('etag') ?? '';
  await first.arrayBuffer();
  const found: unknown[] = [];
  for (const headers of ASKED) {
    const asked = Object.entries(headers).map(([name, value]) => [name, value.replace('{}', tag)]);
    const response = await fetch(origin + path, {
      method,
      headers: { 'Cache-Control': 'max-age=0', ...Object.fromEntries(asked) },
    });
    const type = response.headers.get('content-type')?.split(';')[0] ?? null;
    // What a handler set stays on 304, which is told: `etag-text`.
    if (response.status === 304) found.push([304, response.headers.get('etag'), await response.text()]);
    else found.push([response.status, response.headers.get('etag'), type, await response.text()]);
  }
  return found;
}

describe('what answers a GET', () => {
  let origins: string[];

  beforeAll(async () => {
    const old = before().listen(0, '127.0.0.1');
    const next = serve({ fetch: after().fetch, port: 0, hostname: '127.0.0.1' }) as Server;
    servers.push(old, next);
    await Promise.all(
      servers.map((each) => each.listening || new Promise((done) => each.once('listening', done))),
    );
    origins = servers.map(originOf);
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  it.each(PATHS.flatMap((path) => ['GET', 'HEAD'].map((method) => [method, path] as const)))(
    '%s %s has the tag of Express, and is 304 for the same clients',
    async (method, path) => {
      const [old = '', next = ''] = origins;
      expect(await answers(next, path, method)).toEqual(await answers(old, path, method));
    },
  );

  it('has none where it may not be stored, unless a client asks with one', async () => {
    const [old = '', next = ''] = origins;
    const tag = (await fetch(`${old}/unstored`)).headers.get('etag') ?? '';
    const asked = { headers: { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' } };
    const first = await fetch(`${next}/unstored`);
    expect([first.status, first.headers.get('etag'), await first.json()]).toEqual([200, null, { now: 1 }]);
    expect((await fetch(`${old}/unstored`, asked)).status).toBe(304);
    const again = await fetch(`${next}/unstored`, asked);
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
  });

  it('has none where it is an error, nor has a POST', async () => {
    const [, next = ''] = origins;
    const answered = [await fetch(`${next}/missing`), await fetch(`${next}/json`, { method: 'POST' })];
    expect(answered.map(({ headers }) => headers.get('etag'))).toEqual([null, null]);
  });
});
