import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { nodeApp } from '../parity-source/node-app.ts';

const made = () => {
  const app = nodeApp(new Hono());
  const sub = new Hono();
  sub.get('/deep', (c) => c.text('below'));
  app.get('/', (c) => c.text('here'));
  app.route('/sub', sub);
  app.notFound((c) => c.text('nothing', 404));
  return app;
};

async function answers(server: Server, path: string): Promise<string> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  } finally {
    server.close();
  }
}

describe('a Hono application that is also a listener', () => {
  it('is the function that supertest, chai-http and http.createServer look for', async () => {
    const app = made();
    expect(typeof app).toBe('function');
    expect(await answers(createServer(app), '/')).toBe('here');
    // supertest makes a server a request, so several stand beside each other.
    const both = [answers(createServer(app), '/sub/deep'), answers(createServer(app), '/none')];
    expect(await Promise.all(both)).toEqual(['below', 'nothing']);
  });

  it('listens as `app.listen(0)` did, and gives the server', async () => {
    const server = made().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await answers(server, '/')).toBe('here');
  });

  it('answers a health check without a Host header', async () => {
    const server = made().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n.*\r\n\r\nhere$/s);
    server.close();
  });

  it('stays the Hono application it was made of', async () => {
    const app = made();
    expect(await (await app.request('/sub/deep')).text()).toBe('below');
    expect(await (await app.fetch(new Request('http://x/'))).text()).toBe('here');
    expect(app.routes.map(({ path }) => path)).toEqual(['/', '/sub/deep']);
    expect(await (await new Hono().route('/outer', app).request('/outer/sub/deep')).text()).toBe('below');
  });
});
