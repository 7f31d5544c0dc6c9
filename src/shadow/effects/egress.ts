import { createHash } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request as send } from 'undici';
import { type Call, type CallBook, callBook, type Recorded } from './calls.ts';
import { type Effect, INSIDE } from './effect.ts';
import { bodyOf, giveAgain, passThrough, sendable } from './wire.ts';

/** The three sides of a run, by name. */
export type SideName = 'old' | 'again' | 'new';

/** One side's way out: a proxy on loopback that writes down each call. */
export interface EgressPort {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The calls that follow belong to this exchange; 0 while the side starts. */
  began(exchange: number): void;
  calls(): Effect[];
  /** Hosts that were called through a tunnel, which cannot be looked into, with how often. */
  tunnels(): ReadonlyMap<string, number>;
  /** Calls under way: connections the application holds to other servers. */
  underWay(): number;
}

/** Records what the old side calls, and answers the other sides from it. */
export interface Egress {
  ports: Readonly<Record<SideName, EgressPort>>;
  /** What the old side was answered: for a further run that must not call again. */
  book: CallBook;
  /** What lets the old side go first when another one asks for something that is not recorded yet. */
  onMissing(letOldGo: () => Promise<unknown>): void;
  /** Safe calls of every side really go out, and none is written down: for probes after the run. */
  live(): void;
  /** What was not done as it should be, in words. */
  notes(): string[];
  close(): Promise<void>;
}

/** Answers up to this size are kept to be given again, bytes. */
const MAX_ANSWER = 8 * 1024 * 1024;
/** All answers of a run together, bytes. */
const MAX_KEPT = 256 * 1024 * 1024;
/** A call may be made a little after the answer to the client. */
const LATE_MS = 150;
const SAFE = /^(GET|HEAD|OPTIONS)$/;

interface Shared {
  book: CallBook;
  /** Tells readers of this run from those of an earlier one. */
  run: number;
  /** The book was written by an earlier run: the old side is answered from it, too. */
  isAgain: boolean;
  letOldGo(): Promise<unknown>;
  isLive: boolean;
  /** Bytes that may still be kept. */
  left: number;
  tooLarge: Set<string>;
  agent: Dispatcher;
}

let runs = 0;

/**
 * Starts one proxy a side, each on a free port of 127.0.0.1.
 *
 * @param earlier answers of an earlier run of the same sides: what is in there is not called again
 */
export async function startEgress(earlier?: CallBook): Promise<Egress> {
  const shared: Shared = {
    ...{
      book: earlier ?? callBook(),
      run: ++runs,
      isAgain: earlier !== undefined,
      letOldGo: async () => {},
      isLive: false,
      left: MAX_KEPT,
      tooLarge: new Set(),
    },
    // What the user's own proxy is for still goes through it.
    agent: (process.env.HTTP_PROXY ?? process.env.http_proxy) ? new EnvHttpProxyAgent() : new Agent(),
  };
  const [old, again, next] = await Promise.all(
    (['old', 'again', 'new'] as const).map((name) => startPort(name, shared)),
  );
  if (!old || !again || !next) throw new Error('three ports');
  return {
    book: shared.book,
    ports: { old: old.port, again: again.port, new: next.port },
    onMissing(letOldGo) {
      shared.letOldGo = letOldGo;
    },
    live() {
      shared.isLive = true;
    },
    notes: () =>
      [...shared.tooLarge].map(
        (url) => `the answer of ${url} was too large to be kept: it was fetched by every side`,
      ),
    async close() {
      for (const { close } of [old, again, next]) close();
      await shared.agent.destroy();
    },
  };
}

/**
 * axios before 1.0, and `request` behind Node's own proxying, put the port of the proxy into the address they ask for; the Host
 * field names the right one. With another port on each side no call would be like any other.
 */
function namedByHost(url: string, host: string | undefined, port: number | undefined): string {
  const own = `:${port}`;
  const [origin = '', scheme = ''] = /^(https?:\/\/)[^/?#]*/i.exec(url) ?? [];
  const isOwn = origin.endsWith(own) && host !== undefined && !host.endsWith(own);
  return isOwn ? `${scheme}${host}${url.slice(origin.length)}` : url;
}

async function startPort(name: SideName, shared: Shared): Promise<{ port: EgressPort; close(): void }> {
  const calls: Effect[] = [];
  const reader = `${shared.run} ${name}`;
  const tunnels = new Map<string, number>();
  const sockets = new Set<Socket>();
  const origins = new WeakMap<Socket, string>();
  let exchange = 0;
  let underWay = 0;

  const server = http.createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (req, res) => {
    underWay++;
    const call = new AbortController();
    res.on('close', () => {
      underWay--;
      call.abort();
    });
    answer(req, res, call.signal).catch((error: Error) => {
      if (call.signal.aborted) return;
      if (!res.headersSent) res.writeHead(502, { 'Content-Type': 'text/plain' });
      res.end(`not reached: ${error.message}\n`);
    });
  });

  async function answer(req: IncomingMessage, res: ServerResponse, signal: AbortSignal): Promise<void> {
    const during = exchange;
    const url = /^https?:/i.test(req.url ?? '')
      ? namedByHost(req.url ?? '', req.headers.host, req.socket.localPort)
      : `${origins.get(req.socket) ?? `http://${req.headers.host}`}${req.url}`;
    const method = req.method ?? 'GET';
    const made = performance.now();
    const body = await bodyOf(req);
    const call: Call = { method, url, body };
    const headers = sendable(req.rawHeaders);
    if (shared.isLive) {
      if (SAFE.test(method)) await forward(call, headers, res, signal);
      else res.writeHead(502).end();
      return;
    }
    shared.left -= body.length;
    calls.push({
      ...{
        store: 'outgoing',
        place: `${method} ${url}`,
        did: 'called',
        size: body.length,
        at: Date.now(),
        exchange: during,
      },
      ...{
        sha256: createHash('sha256').update(body).digest('hex'),
        bytes: body.length <= INSIDE && shared.left >= body.length ? body : null,
      },
    });
    if (name === 'old') {
      const known = shared.isAgain ? shared.book.next(reader, call) : undefined;
      if (known?.chunks) return giveAgain(known, res, signal, made);
      return forward(call, headers, res, signal, (answer) => shared.book.add(call, answer));
    }
    const recorded = await find(call, during);
    if (recorded?.chunks === null && SAFE.test(method)) return forward(call, headers, res, signal);
    if (!recorded || recorded.chunks === null) {
      res.writeHead(502, { 'Content-Type': 'text/plain' });
      res.end(`the old side made no such call: ${method} ${url}\n`);
      return;
    }
    await giveAgain(recorded, res, signal, made);
  }

  /** The old side's answer. Where it did not call yet, it goes first; what it calls while it starts answers any number of times. */
  async function find(call: Call, during: number): Promise<Recorded | undefined> {
    const known = shared.book.next(reader, call);
    if (known) return known;
    if (during === 0) return shared.book.last(call);
    await shared.letOldGo();
    const now = shared.book.next(reader, call);
    if (now) return now;
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    return shared.book.next(reader, call);
  }

  async function forward(
    { method, url, body }: Call,
    headers: string[],
    res: ServerResponse,
    signal: AbortSignal,
    record: (recorded: Recorded) => void = () => {},
  ): Promise<void> {
    const made = performance.now();
    const answered = await send(url, {
      ...{ method: method as 'GET', headers, body: body.length > 0 ? body : null, signal },
      ...{ dispatcher: shared.agent, responseHeaders: 'raw', headersTimeout: 0, bodyTimeout: 0 },
    });
    const reason = http.STATUS_CODES[answered.statusCode] ?? '';
    const given = sendable((answered.headers as unknown as (Buffer | string)[]).map(String), 'kept');
    const kept: Recorded = {
      ...{
        status: answered.statusCode,
        reason,
        headers: given,
        chunks: [],
        headAt: performance.now() - made,
        state: 'coming',
        listeners: new Set(),
      },
    };
    record(kept);
    res.writeHead(answered.statusCode, reason, given);
    res.flushHeaders();
    const changed = () => {
      for (const listener of kept.listeners) listener();
    };
    let size = 0;
    try {
      for await (const chunk of answered.body) {
        size += chunk.length;
        if (kept.chunks) shared.left -= chunk.length;
        if (size <= MAX_ANSWER && shared.left >= 0)
          kept.chunks?.push({ at: performance.now() - made, data: chunk });
        else if (kept.chunks) {
          kept.chunks = null;
          shared.tooLarge.add(url);
        }
        changed();
        if (!res.write(chunk))
          await new Promise((resolve) => res.once('drain', resolve).once('close', resolve));
      }
      kept.state = 'ended';
      res.end();
    } catch (error) {
      kept.state = 'cut';
      throw error;
    } finally {
      changed();
    }
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (req: IncomingMessage, socket: Socket) => {
    const target = req.url ?? '';
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.once('data', (first: Buffer) => {
      socket.pause();
      // 22: the record type of a TLS handshake (RFC 8446 §5.1). Anything else is plain HTTP inside the tunnel.
      if (first[0] !== 22) {
        origins.set(socket, `http://${target.replace(/:80$/, '')}`);
        socket.unshift(first);
        server.emit('connection', socket);
        socket.resume();
        return;
      }
      tunnels.set(target, (tunnels.get(target) ?? 0) + 1);
      passThrough(socket, first, target, sockets);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      began(now) {
        exchange = now;
      },
      calls: () => [...calls],
      tunnels: () => tunnels,
      underWay: () => underWay,
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
