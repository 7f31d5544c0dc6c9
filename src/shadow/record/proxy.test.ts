import { createServer } from 'node:http';
import { connect, createServer as createTcp } from 'node:net';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { closing, listen, read, record, stateForEach } from './__fixtures__/recording.ts';

stateForEach();

/** Sends bytes and gives back everything that comes until the connection ends or `until` is seen. */
function raw(port: number, bytes: string, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (until !== undefined && seen.includes(until)) socket.destroy();
    });
    socket.on('close', () => resolve(seen));
    socket.on('error', reject);
  });
}

describe('what passes the proxy is unchanged', () => {
  it('bytes of requests and answers are those of a direct connection: header case, order, duplicates', async () => {
    const ANSWER =
      'HTTP/1.1 203 Mostly Fine\r\nx-Odd-CASE: 1\r\nSet-Cookie: a=1\r\nDate: never\r\nset-cookie: b=2\r\nX-odd-case: 2\r\nContent-Length: 2\r\n\r\nok';
    let got = '';
    const app = await listen(
      createTcp((socket) => {
        socket.on('data', (chunk) => {
          got += chunk.toString('latin1');
          if (got.endsWith('body')) socket.write(ANSWER);
        });
        socket.on('error', () => {});
      }),
    );
    const recording = await record(app);
    const REQUEST =
      'POST /a%2fb/../c?x=%zz&x=2 HTTP/1.1\r\nhOST: me:80\r\nX-B: 2\r\nx-a: 1\r\nX-B: 3\r\nContent-Length: 4\r\n\r\nbody';
    const answer = await raw(recording.port, REQUEST, '\r\n\r\nok');
    expect(answer).toBe(ANSWER);
    // Repeated names that do not stand together make Node add a Connection header of its own.
    expect(got.replace('Connection: keep-alive\r\n', '')).toBe(REQUEST);
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.request.headers.map(([name]) => name)).toEqual([
      'hOST',
      'X-B',
      'x-a',
      'X-B',
      'Content-Length',
    ]);
    expect(exchanges[0]?.response).toMatchObject({ status: 203, reason: 'Mostly Fine', ending: 'complete' });
  });

  it('no header is added where none is repeated', async () => {
    let got = '';
    const app = await listen(
      createTcp((socket) => {
        socket.on('data', (chunk) => {
          got += chunk.toString('latin1');
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        });
        socket.on('error', () => {});
      }),
    );
    const recording = await record(app);
    const REQUEST = 'POST /empty HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2\r\naccept: */*\r\n\r\n';
    await raw(recording.port, REQUEST, '\r\n\r\n');
    expect(got).toBe(REQUEST);
  });

  it('an event stream is not held back, and hanging up stops the work behind it', async () => {
    let stopped: () => void = () => {};
    const stop = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const app = await listen(
      createServer((_req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/event-stream' });
        res.write('data: 1\n\n');
        res.on('close', stopped);
      }),
    );
    const recording = await record(app);
    const seen = await raw(recording.port, 'GET /events HTTP/1.1\r\nHost: x\r\n\r\n', 'data: 1\n\n');
    expect(seen).toContain('data: 1');
    await stop;
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toMatchObject({ status: 200, ending: 'aborted', size: 9 });
  });

  it('an answer the application cuts off is cut off for the client, and recorded as such', async () => {
    const app = await listen(
      createServer((_req, res) => {
        res.writeHead(200, { 'Content-Length': 100 });
        res.write('half');
        setTimeout(() => res.destroy(), 20);
      }),
    );
    const recording = await record(app);
    expect(await raw(recording.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/half$/);
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toMatchObject({ ending: 'truncated', size: 4 });
    expect(recording.counts).toMatchObject({ passed: 1, recorded: 1, truncated: 1 });
  });

  it('what follows an upgrade passes in both directions; what is no frame is not kept, and said', async () => {
    const server = createServer();
    server.on('upgrade', (_req, socket, early) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.write(`echo ${early}`);
      socket.on('data', (chunk) => socket.write(`echo ${chunk}`));
      socket.on('error', () => {});
    });
    const recording = await record(await listen(server));
    const head = 'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await raw(recording.port, `${head}hello`, 'echo hello')).toContain('101 Switching');
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toMatchObject({ status: 101, transcript: { messages: [] } });
    expect(exchanges[0]?.response?.transcript?.lost).toBeDefined();
  });

  it('an application that is not there is a 502 for the client and a counted failure', async () => {
    const gone = await listen(createServer());
    await closing.pop()?.();
    const recording = await record(gone);
    const { statusCode } = await request(`http://127.0.0.1:${recording.port}/`);
    expect(statusCode).toBe(502);
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toBeNull();
    expect(recording.counts.failed).toBe(1);
  });
});
