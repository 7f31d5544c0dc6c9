import { createHash } from 'node:crypto';
import { Client, type Dispatcher } from 'undici';
import type { Chunk, Ending, RawHeaders } from '../../model/exchange.ts';
import { type Answer, failureOf } from '../answer.ts';

/** A request ready to be sent: header pairs as they go on the wire. */
export interface Outgoing {
  method: string;
  path: string;
  headers: RawHeaders;
  body: Uint8Array | null;
}

/** When to hang up on a response that may never end. */
export interface StreamStop {
  /** Events to receive, for an event stream; otherwise infinite. */
  events: number;
  /** Bytes to receive, for any other body; otherwise infinite. What arrives beyond them is cut off. */
  bytes: number;
  /** Hang up as soon as they are there (the recording's client did), or wait a moment for the end. */
  atOnce: boolean;
  /** Only an event stream is left, after a moment: there is no recording that says when its client went. */
  made?: boolean;
}

export interface SendOptions {
  timeoutMs: number;
  /** Bytes of a body kept for comparison; beyond it only its hash and size are. */
  maxBody: number;
  stop: StreamStop | null;
  signal?: AbortSignal;
}

/** After the last expected event a stream gets this long to end or to go on, ms. */
const GRACE_MS = 400;

/** An event stream that no recording tells the end of is listened to for this long, ms. */
const LISTEN_MS = 500;

/** One side's HTTP/1.1 connection: requests one after the other, kept alive as a client would. */
export interface Connection {
  send(request: Outgoing, options: SendOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** A connection that was idle for longer than this is not used for a request that cannot be sent again, ms. */
const FRESH_MS = 1_000;
const SAFE = /^(GET|HEAD|OPTIONS)$/;

/** Opens a connection to an origin such as `http://127.0.0.1:41234`. Nothing is sent yet. */
export function connect(origin: string): Connection {
  // Timeouts are ours, so that they are the same for every phase of a request.
  const open = () =>
    new Client(origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: 256 * 1024 });
  let client = open();
  let usedAt = performance.now();
  return {
    async send(request, options) {
      // A server may close a kept-alive connection while the request is on its way: a client sends a safe one again. Any other may
      // have been carried out by then, so it gets a connection that no server is about to give up.
      const isSafe = SAFE.test(request.method);
      if (!isSafe && performance.now() - usedAt > FRESH_MS) {
        await client.destroy();
        client = open();
      }
      const answer = await attempt(client, request, options);
      const isStale = !answer.ok && answer.failure.code === 'RESET' && isSafe;
      const last = isStale ? await attempt(client, request, options) : answer;
      usedAt = performance.now();
      return last;
    },
    close: () => client.destroy(),
  };
}

function attempt(client: Client, request: Outgoing, options: SendOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const started = performance.now();
    const received = receiver(options, started, resolve);
    try {
      client.dispatch(
        {
          method: request.method as Dispatcher.HttpMethod,
          path: request.path,
          headers: request.headers.flat(),
          body: request.body === null ? null : Buffer.from(request.body),
        },
        received,
      );
    } catch (error) {
      received.fail(error);
    }
  });
}

type Receiver = Dispatcher.DispatchHandler & { fail(error: unknown): void };

function receiver(options: SendOptions, started: number, resolve: (answer: Answer) => void): Receiver {
  const elapsed = () => performance.now() - started;
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  const chunks: Chunk[] = [];
  let controller: Dispatcher.DispatchController | null = null;
  let head: { status: number; reason: string; headers: RawHeaders; at: number } | null = null;
  let size = 0;
  let keptBytes = 0;
  let events = 0;
  let tail = '';
  let grace: NodeJS.Timeout | undefined;
  let done = false;

  const settle = (answer: Answer) => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    clearTimeout(grace);
    options.signal?.removeEventListener('abort', onAbort);
    resolve(answer);
  };
  const finish = (ending: Ending) => {
    // Hanging up is reported as an error of the response, after it was settled.
    if (done) return;
    if (!head)
      return settle({
        ok: false,
        failure: { code: 'RESET', message: 'the connection ended before an answer' },
      });
    const [first] = kept;
    let body = first && kept.length === 1 ? first : Buffer.concat(kept);
    let digest = hash.digest('hex');
    const limit = options.stop?.bytes ?? Number.POSITIVE_INFINITY;
    if (ending === 'aborted' && size > limit) {
      body = body.subarray(0, limit);
      size = body.length;
      digest = createHash('sha256').update(body).digest('hex');
    }
    settle({
      ok: true,
      response: {
        status: head.status,
        reason: head.reason,
        headers: head.headers,
        body,
        size,
        sha256: digest,
        ending: ending === 'complete' && size > body.length ? 'capped' : ending,
        chunks,
        headMs: head.at,
        totalMs: elapsed(),
      },
    });
  };
  const hangUp = (ending: Ending) => {
    finish(ending);
    controller?.abort(new Error('enough'));
  };
  const onTimeout = () => {
    if (head && options.stop && !options.stop.made) return hangUp('aborted');
    settle({
      ok: false,
      failure: { code: 'TIMEOUT', message: `no complete answer within ${options.timeoutMs} ms` },
    });
    controller?.abort(new Error('timeout'));
  };
  const onAbort = () => {
    settle({ ok: false, failure: { code: 'INTERRUPTED', message: 'the run was interrupted' } });
    controller?.abort(new Error('interrupted'));
  };
  const timer = setTimeout(onTimeout, options.timeoutMs);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();

  return {
    onRequestStart(given) {
      controller = given;
      if (done) given.abort(new Error('too late'));
    },
    onResponseStart(given, status, _headers, reason) {
      controller = given;
      if (status < 200) return;
      head = { status, reason: reason ?? '', headers: pairs(given.rawHeaders), at: elapsed() };
      if (options.stop?.made && isEventStream(head.headers))
        grace ??= setTimeout(() => hangUp('aborted'), LISTEN_MS);
    },
    onResponseData(_given, chunk) {
      if (done) return;
      size += chunk.length;
      hash.update(chunk);
      if (chunks.length < 10_000) chunks.push({ at: elapsed(), bytes: chunk.length });
      if (keptBytes < options.maxBody) {
        const part = chunk.subarray(0, options.maxBody - keptBytes);
        kept.push(Buffer.from(part));
        keptBytes += part.length;
      }
      if (!options.stop || options.stop.made) return;
      const text = tail + chunk.toString('latin1').replace(/\r\n?/g, '\n');
      events += text.split('\n\n').length - 1;
      tail = text.endsWith('\n') && !text.endsWith('\n\n') ? '\n' : '';
      if (events < options.stop.events && size < options.stop.bytes) return;
      if (options.stop.atOnce) return hangUp('aborted');
      grace ??= setTimeout(() => hangUp('aborted'), GRACE_MS);
    },
    onResponseEnd() {
      finish('complete');
    },
    onResponseError(_given, error) {
      this.fail(error);
    },
    fail(error) {
      if (head) finish('truncated');
      else settle({ ok: false, failure: failureOf(error) });
    },
  } as Receiver;
}

const isEventStream = (headers: RawHeaders): boolean =>
  headers.some(([name, value]) => /^content-type$/i.test(name) && /^text\/event-stream/i.test(value));

function pairs(raw: Dispatcher.DispatchController['rawHeaders']): RawHeaders {
  const out: RawHeaders = [];
  if (!Array.isArray(raw)) return out;
  for (let i = 0; i + 1 < raw.length; i += 2) out.push([text(raw[i]), text(raw[i + 1])]);
  return out;
}

const text = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value));
