// node:http on both sides, not undici: only its array form of headers sends them in the client's own case, order and
// number (undici writes `host` and `connection` itself), and it passes 100-continue, trailers and upgrades on.
import http, { type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { MigrateError } from '../../model/errors.ts';
import type { Ending } from '../../model/exchange.ts';
import { pairs, sendRaw } from './raw.ts';
import type { Passed, Recorder } from './recorder.ts';
import { type Budget, tap } from './tap.ts';
import { passUpgrade } from './upgrade.ts';

export interface ProxyOptions {
  upstream: URL;
  /** 0: any free port. */
  port: number;
  /** Bodies beyond it pass and are not kept, bytes. */
  maxBody: number;
  /** Bytes of bodies held by all exchanges under way. Default 128 MiB. */
  memory?: number;
  /** The highest number already in the log. */
  lastSeq: number;
  recorder: Recorder;
}

/** A recording proxy that listens on loopback. */
export interface Proxy {
  readonly port: number;
  /** Stops accepting, waits for what is under way (at most `graceMs`), then closes every connection. */
  close(graceMs: number): Promise<void>;
}

const MAX_HEADER = 256 * 1024;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname);

/**
 * Starts the proxy. Requests stream through untouched; what passed is handed to the recorder when it has ended, and
 * nothing the recorder does delays an answer.
 *
 * @throws MigrateError PORT_TAKEN
 */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { upstream, recorder } = options;
  const budget: Budget = { left: options.memory ?? 128 * 1024 * 1024 };
  const agents = new Map<Socket, { agent: http.Agent; id: number }>();
  const underWay = new Set<Promise<void>>();
  let connections = 0;
  let seq = options.lastSeq;

  // One upstream connection for each of the client's: what is bound to a connection stays so.
  const agentOf = (socket: Socket) => {
    let own = agents.get(socket);
    if (!own) {
      const made = { keepAlive: true, maxSockets: 1 };
      own = {
        agent: upstream.protocol === 'https:' ? new https.Agent(made) : new http.Agent(made),
        id: ++connections,
      };
      agents.set(socket, own);
      const { agent } = own;
      socket.once('close', () => {
        agents.delete(socket);
        agent.destroy();
      });
    }
    return own;
  };
  /** Other hosts choose their site by name; one on this machine builds links from the name the client used. */
  const outgoing = (raw: readonly string[]): string[] =>
    isLoopback(upstream)
      ? [...raw]
      : pairs(raw).flatMap(([name, value]) => [name, name.toLowerCase() === 'host' ? upstream.host : value]);

  const server = http.createServer({
    maxHeaderSize: MAX_HEADER,
    requestTimeout: 0,
    keepAliveTimeout: 75_000,
  });
  const handle = (req: IncomingMessage, res: ServerResponse) => {
    const { agent, id } = agentOf(req.socket);
    const passed = begin(req, id, ++seq);
    const done = relay(req, res, {
      passed,
      send: () => sendRaw(upstream, agent, req, outgoing(req.rawHeaders), MAX_HEADER),
    }).then(() => recorder.add(passed));
    const settled = done.catch((error: unknown) => {
      recorder.counts.notRecorded++;
      res.destroy(error as Error);
    });
    underWay.add(settled);
    void settled.finally(() => underWay.delete(settled));
  };
  const begin = (req: IncomingMessage, connection: number, number: number): Passed => ({
    ...{ seq: number, connection, sentAt: Date.now(), response: null },
    request: {
      method: req.method ?? 'GET',
      origin: `http://${req.headers.host ?? upstream.host}`,
      path: req.url ?? '/',
      headers: pairs(req.rawHeaders),
      body: tap(options.maxBody, budget, performance.now()),
      complete: false,
    },
  });

  function relay(
    req: IncomingMessage,
    res: ServerResponse,
    { passed, send }: { passed: Passed; send(): ClientRequest },
  ): Promise<void> {
    const started = performance.now();
    const elapsed = () => Math.round((performance.now() - started) * 100) / 100;
    return new Promise((resolve) => {
      const out = send();
      let finished = false;
      const finish = (ending: Ending | null) => {
        if (finished) return;
        finished = true;
        passed.request.complete = req.complete;
        if (passed.response && ending) Object.assign(passed.response, { ending, totalMs: elapsed() });
        resolve();
      };
      res.sendDate = false;
      // A client that waits for "100 Continue" gets the application's, not ours.
      out.on('continue', () => res.writeContinue());
      out.on('response', (answer) => {
        const body = tap(options.maxBody, budget, started);
        passed.response = {
          ...{ status: answer.statusCode ?? 0, reason: answer.statusMessage ?? '' },
          ...{ headers: pairs(answer.rawHeaders), body, ending: 'truncated' },
          ...{ headMs: elapsed(), totalMs: elapsed() },
        };
        // Without this Node adds one of its own.
        if (answer.headers.connection === undefined) res.removeHeader('connection');
        res.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
        res.flushHeaders();
        answer.on('data', (chunk: Buffer) => {
          body.data(chunk);
          if (!res.write(chunk)) answer.pause();
        });
        res.on('drain', () => answer.resume());
        answer.on('end', () => {
          if (!answer.complete) return;
          if (answer.rawTrailers.length > 0) res.addTrailers(pairs(answer.rawTrailers));
          res.end();
          finish('complete');
        });
        answer.on('close', () => {
          if (answer.complete) return;
          // The server hung up in the middle: the client sees the same.
          finish('truncated');
          res.destroy();
        });
        answer.on('error', () => finish('truncated'));
      });
      out.on('error', (error: NodeJS.ErrnoException) => {
        // After the head, a failed upload only means that the server did not want the rest of it.
        if (finished || passed.response) return;
        passed.failure = error.code ?? error.message;
        if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND') {
          res.writeHead(502, ['Content-Type', 'text/plain; charset=utf-8', 'Connection', 'close']);
          res.end(`migrate record: ${upstream.origin} is not answering (${error.code}).\n`);
        } else res.destroy();
        finish(null);
      });
      // The client hung up: the application's work must stop as it would without us.
      res.on('close', () => {
        if (res.writableFinished || finished) return;
        if (!passed.response) passed.failure = 'the client hung up before an answer';
        finish('aborted');
        out.destroy();
      });
      req.on('data', (chunk: Buffer) => {
        passed.request.body.data(chunk);
        if (!out.write(chunk)) req.pause();
      });
      out.on('drain', () => req.resume());
      req.on('end', () => out.end());
      if (req.headers.expect !== undefined) out.flushHeaders();
    });
  }

  server.on('request', handle);
  server.on('checkContinue', handle);
  server.on('checkExpectation', handle);
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) => {
    const passed = begin(req, ++connections, ++seq);
    const done = passUpgrade(req, socket, head, {
      upstream,
      raw: outgoing(req.rawHeaders),
      passed,
      budget,
    }).then(() => {
      recorder.counts.websockets++;
      recorder.add(passed);
    });
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
  });
  server.on('clientError', (_error, socket) => {
    recorder.counts.malformed++;
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new MigrateError('PORT_TAKEN', `--port ${options.port} cannot be listened on: ${error.code}.`, {
          hint: 'Leave --port out to get a free one.',
        }),
      ),
    );
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        Promise.all(underWay),
        new Promise((resolve) => {
          timer = setTimeout(resolve, graceMs);
        }),
      ]);
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await Promise.all(underWay);
      await closed;
    },
  };
}
