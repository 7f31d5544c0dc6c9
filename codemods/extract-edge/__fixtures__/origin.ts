import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { WebSocketServer } from 'ws';

const TEXT = 'an answer worth packing. '.repeat(200);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What an origin may do that a proxy can spoil. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  '/plain': (_, response) => response.end('plain'),
  '/echo': (request, response) => {
    const { method, url, headers } = request;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method, url, headers }));
  },
  '/cookies': (_, response) => {
    response.setHeader('set-cookie', ['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly']);
    response.end('two');
  },
  '/redirect': (_, response) => response.writeHead(302, { location: '/plain' }).end('to /plain'),
  '/away': (_, response) => response.writeHead(301, { location: 'https://example.org/there' }).end(),
  '/gzip': (_, response) => {
    const body = gzipSync(TEXT);
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length, 'content-type': 'text/plain' });
    response.end(body);
  },
  '/br': (_, response) => {
    const body = brotliCompressSync(TEXT);
    response.writeHead(200, { 'content-encoding': 'br', 'content-length': body.length, 'content-type': 'text/plain' });
    response.end(body);
  },
  '/gzip-streamed': (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain', vary: 'Accept-Encoding' });
    response.end(gzipSync(TEXT));
  },
  '/negotiated': (request, response) => {
    const isPacked = /gzip/.test(request.headers['accept-encoding'] ?? '');
    response.setHeader('vary', 'Accept-Encoding');
    if (isPacked) response.setHeader('content-encoding', 'gzip');
    response.end(isPacked ? gzipSync(TEXT) : TEXT);
  },
  '/sized': (_, response) => response.writeHead(200, { 'content-length': 5, etag: '"five"' }).end('sized'),
  '/not-modified': (request, response) =>
    request.headers['if-none-match'] === '"five"'
      ? response.writeHead(304, { etag: '"five"' }).end()
      : response.writeHead(200, { etag: '"five"' }).end('sized'),
  '/range': (request, response) =>
    request.headers.range === undefined
      ? response.writeHead(200, { 'accept-ranges': 'bytes' }).end('0123456789')
      : response
          .writeHead(206, { 'content-range': 'bytes 2-4/10', 'content-length': 3, 'accept-ranges': 'bytes' })
          .end('234'),
  '/latin': (_, response) => response.writeHead(200, { 'x-name': Buffer.from('résumé').toString('latin1') }).end('é'),
  '/none': (_, response) => response.writeHead(204).end(),
  '/error': (_, response) => response.writeHead(500, { 'x-kept': 'yes' }).end('broken'),
  '/hop': (_, response) =>
    response
      .writeHead(200, { connection: 'x-private, keep-alive', 'x-private': 'of this connection', 'x-public': 'yes' })
      .end('hop'),
  '/upload': (request, response) => {
    const hash = createHash('sha256');
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      size += chunk.length;
    });
    request.on('end', () => response.end(`${size} ${hash.digest('hex')} ${request.headers['content-length']}`));
  },
  '/events': async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let count = 0; count < 3; count += 1) {
      response.write(`data: ${count}\n\n`);
      await pause(150);
    }
    response.end();
  },
  '/talk': async (request, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.flushHeaders();
    request.on('data', (chunk) => response.write(chunk));
    request.on('end', () => response.end());
  },
  '/slow': async (_, response) => {
    await pause(3000);
    response.end('late');
  },
  '/cut': async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write('half of ');
    await pause(100);
    response.socket?.resetAndDestroy();
  },
  '/cut-sized': async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 100 });
    response.write('half of ');
    await pause(100);
    response.socket?.resetAndDestroy();
  },
  '/at-edge': (_, response) => response.end('of the origin'),
  '/fails-at-edge': (_, response) => response.end('of the origin'),
};

export interface Origin {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** An origin with a WebSocket at `/socket` that says again what it hears. */
export async function startOrigin(port = 0): Promise<Origin> {
  const server: Server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    // As Express reads a path.
    const answer = ANSWERS[decodeURIComponent(path).replace(/(.)\/$/, '$1')];
    if (answer === undefined) response.writeHead(404).end('not here');
    else answer(request, response);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const webSockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/socket') return socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno');
    webSockets.handleUpgrade(request, socket, head, (webSocket) =>
      webSocket.on('message', (data, binary) => webSocket.send(data, { binary })),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
