import type { AddressInfo } from 'node:net';
import { createServer as createRaw, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type SendOptions } from './send.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers every connection with exactly these bytes. */
async function answering(write: (socket: Socket, request: string) => void): Promise<string> {
  const server = createRaw((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', (data) => write(socket, data.toString('latin1')));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(origin: string, options: Partial<SendOptions> = {}, method = 'GET') {
  const wire = connect(origin);
  try {
    return await wire.send(
      {
        method,
        path: '/a?b',
        headers: [
          ['Host', 'x.test'],
          ['X-A', '1'],
          ['x-a', '2'],
        ],
        body: null,
      },
      { timeoutMs: 500, maxBody: 100, stop: null, ...options },
    );
  } finally {
    await wire.close();
  }
}

it('a request that cannot be sent again meets no connection that a server gives up meanwhile', async () => {
  const origin = await answering((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    socket.once('data', () => socket.resetAndDestroy());
  });
  const wire = connect(origin);
  const post = () =>
    wire.send(
      { method: 'POST', path: '/', headers: [['Host', 'x.test']], body: null },
      { timeoutMs: 5_000, maxBody: 100, stop: null },
    );
  try {
    expect(await post()).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await post()).toMatchObject({ ok: true });
  } finally {
    await wire.close();
  }
});

describe('a response is received', () => {
  it('with header case, order and duplicates as on the wire, and the request sent the same way', async () => {
    let asked = '';
    const origin = await answering((socket, request) => {
      asked = request;
      socket.end(
        'HTTP/1.1 200 Fine\r\nx-B: 1\r\nSet-Cookie: a\r\nX-a: \xe9\r\nset-cookie: b\r\nContent-Length: 2\r\n\r\nok',
        'latin1',
      );
    });
    expect(await send(origin)).toMatchObject({
      ok: true,
      response: {
        status: 200,
        reason: 'Fine',
        ending: 'complete',
        headers: [
          ['x-B', '1'],
          ['Set-Cookie', 'a'],
          ['X-a', 'é'],
          ['set-cookie', 'b'],
          ['Content-Length', '2'],
        ],
      },
    });
    expect(asked).toMatch(/^GET \/a\?b HTTP\/1\.1\r\nhost: x\.test\r\n/i);
    expect(asked).toContain('X-A: 1\r\nx-a: 2\r\n');
  });

  it('by hash and size when it is longer than is kept', async () => {
    const origin = await answering((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${'x'.repeat(5000)}`),
    );
    const answer = await send(origin);
    expect(answer).toMatchObject({ ok: true, response: { ending: 'capped', size: 5000 } });
    expect(answer.ok && answer.response.body.length).toBe(100);
  });

  it('as truncated when the server hangs up early', async () => {
    const origin = await answering((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
    );
    expect(await send(origin)).toMatchObject({ ok: true, response: { ending: 'truncated', size: 4 } });
  });

  it('up to the recorded events of a stream that never ends', async () => {
    const origin = await answering((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n');
      socket.write('data: 2\n\n');
    });
    const stop = { events: 2, bytes: Number.POSITIVE_INFINITY, atOnce: true };
    expect(await send(origin, { stop })).toMatchObject({
      ok: true,
      response: { ending: 'aborted', size: 18 },
    });
  });
});

describe('a download that its recorded client left', () => {
  it('is read up to the recorded bytes', async () => {
    const origin = await answering((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${'x'.repeat(60)}`),
    );
    const stop = { events: Number.POSITIVE_INFINITY, bytes: 40, atOnce: true };
    expect(await send(origin, { stop })).toMatchObject({
      ok: true,
      response: { ending: 'aborted', size: 40 },
    });
  });
});

describe('a failure has a stable code', () => {
  const code = async (origin: string, method?: string) => {
    const answer = await send(origin, {}, method);
    return answer.ok ? 'answered' : answer.failure.code;
  };
  it('no one listens', async () => expect(await code('http://127.0.0.1:1')).toBe('REFUSED'));
  it('the server hangs up', async () =>
    expect(await code(await answering((socket) => socket.destroy()), 'POST')).toBe('RESET'));
  it('the server never answers', async () => expect(await code(await answering(() => {}))).toBe('TIMEOUT'));
  it('the answer is no HTTP', async () =>
    expect(await code(await answering((socket) => socket.end('hello\r\n\r\n')))).toBe('MALFORMED'));
  it('the body never ends', async () => {
    const origin = await answering((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nx'));
    expect(await code(origin)).toBe('TIMEOUT');
  });
});
