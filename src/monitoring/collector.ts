import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { UnreadMessage } from './signal.ts';
import { type Tally, type Told, tally } from './tally.ts';
import { type OtlpPath, readOtlp } from './wire/otlp.ts';
import { readEnvelope, readStored } from './wire/sentry.ts';
import { readPacket } from './wire/statsd.ts';

/** A collector that listens on loopback, for one side. */
export interface Collector {
  /** `http://127.0.0.1:PORT`, of OTLP and of Sentry. */
  origin: string;
  httpPort: number;
  /** Of StatsD, UDP. */
  statsdPort: number;
  /** ms since something came last that is not told again and again; null where nothing did. */
  quietFor(): number | null;
  /** Stops listening. */
  close(): Promise<Told>;
}

/** Of one message, as it comes and unpacked. */
const MOST_BYTES = 32 * 1024 * 1024;
const OTLP = /^\/v1\/(traces|metrics|logs)$/;
const SENTRY = /^\/api\/[^/]+\/(envelope|store)\/?$/;
const UNPACK: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** @param cleaned takes secrets and the side's own address out of a name */
export async function startCollector(cleaned: (name: string) => string): Promise<Collector> {
  let last: number | null = null;
  const heard = () => {
    last = performance.now();
  };
  const told = tally(cleaned, heard);
  const server = createServer((request, response) => {
    void answer(request, response, told);
  });
  // HTTP/2 without TLS, which is how gRPC speaks, begins with a line that is no request of HTTP/1.
  server.on('clientError', (_error, socket) => {
    told.refuse('it is not HTTP/1.1; gRPC is not read: send OTLP as http/protobuf');
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = createSocket('udp4', (packet) => {
    told.took('statsd');
    read(told, 'a packet of StatsD', () => readPacket(packet));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const httpPort = (server.address() as AddressInfo).port;
  return {
    ...{ origin: `http://127.0.0.1:${httpPort}`, httpPort, statsdPort: socket.address().port },
    quietFor: () => (last === null ? null : performance.now() - last),
    async close() {
      socket.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      return told.close();
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, told: Tally): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const otlp = OTLP.exec(path)?.[1] as OtlpPath | undefined;
  const sentry = SENTRY.exec(path)?.[1];
  const what = otlp ? `OTLP ${otlp}` : 'Sentry';
  try {
    const body = await bodyOf(request);
    if (!otlp && !sentry) {
      // A path may hold a key: only its first word is told.
      told.refuse(`${request.method} /${path.split('/')[1] ?? ''}… is no path of OTLP or Sentry`);
      response.writeHead(404).end();
      return;
    }
    told.took(otlp ? 'otlp' : 'sentry');
    const isJson = /json/i.test(request.headers['content-type'] ?? '');
    read(told, what, () =>
      otlp ? readOtlp(otlp, body, isJson) : sentry === 'store' ? readStored(body) : readEnvelope(body),
    );
    const binary = otlp && !isJson;
    response.writeHead(200, { 'content-type': binary ? 'application/x-protobuf' : 'application/json' });
    response.end(binary ? '' : '{}');
  } catch (error) {
    told.refuse(`${what}: ${(error as Error).message}`);
    response.writeHead(400).end();
  }
}

function read(told: Tally, what: string, signals: () => Parameters<Tally['take']>[0]): void {
  try {
    told.take(signals());
  } catch (error) {
    if (!(error instanceof UnreadMessage)) throw error;
    told.refuse(`${what}: ${error.message}`);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new UnreadMessage(`it is larger than ${MOST_BYTES / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  const packed = Buffer.concat(chunks);
  const coding = request.headers['content-encoding']?.trim().toLowerCase();
  if (!coding || coding === 'identity') return packed;
  const unpack = UNPACK[coding];
  if (!unpack) throw new UnreadMessage(`it is packed with ${coding}`);
  return unpack(packed, { maxOutputLength: MOST_BYTES }).catch(() => {
    throw new UnreadMessage(`it cannot be unpacked with ${coding}`);
  });
}
