import type { IncomingMessage } from 'node:http';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RawHeaders } from '../../model/exchange.ts';
import { type Listener, listenTo } from '../websocket/listen.ts';
import type { Passed } from './recorder.ts';
import { type Budget, tap } from './tap.ts';

interface Upgrade {
  upstream: URL;
  /** Header names and values in turn, as they go out. */
  raw: readonly string[];
  passed: Passed;
  budget: Budget;
}

const MAX_HEAD = 64 * 1024;

/**
 * Passes an upgraded connection through byte by byte in both directions. Of a WebSocket the handshake and the messages
 * are recorded.
 */
export function passUpgrade(
  req: IncomingMessage,
  client: Socket,
  head: Buffer,
  { upstream, raw, passed, budget }: Upgrade,
): Promise<void> {
  const started = performance.now();
  const elapsed = () => Math.round((performance.now() - started) * 100) / 100;
  const secure = upstream.protocol === 'https:';
  const host = upstream.hostname.replace(/^\[|\]$/g, '');
  const port = Number(upstream.port) || (secure ? 443 : 80);
  const server = secure ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
  passed.request.complete = true;
  let seen = Buffer.alloc(0);
  let listening: Listener | null = null;
  /** What the client sent before it was known that it may. */
  const early: Buffer[] = head.length > 0 ? [head] : [];
  return new Promise((resolve) => {
    const settle = () => {
      if (passed.response) {
        passed.response.totalMs = elapsed();
        if (listening) passed.response.transcript = listening.transcript();
      } else passed.failure ??= 'the server closed the connection before it answered the upgrade';
      client.destroy();
      server.destroy();
      resolve();
    };
    server.on(secure ? 'secureConnect' : 'connect', () => {
      let text = `${req.method} ${req.url} HTTP/1.1\r\n`;
      for (let i = 0; i + 1 < raw.length; i += 2) text += `${raw[i]}: ${raw[i + 1]}\r\n`;
      server.write(`${text}\r\n`, 'latin1');
      if (head.length > 0) server.write(head);
      client.on('data', (chunk: Buffer) => {
        if (listening) listening.client(chunk);
        else if (passed.response === null) early.push(Buffer.from(chunk));
      });
      client.pipe(server);
    });
    server.on('data', (chunk: Buffer) => {
      if (passed.response === null && seen.length < MAX_HEAD) {
        seen = Buffer.concat([seen, chunk]);
        const end = seen.indexOf('\r\n\r\n');
        if (end >= 0) {
          const answer = parseHead(seen.subarray(0, end).toString('latin1'));
          passed.response = {
            ...answer,
            ...{ body: tap(0, budget, started), ending: 'complete', headMs: elapsed(), totalMs: elapsed() },
          };
          listening = listenTo(answer, elapsed);
          for (const sent of early.splice(0)) listening?.client(sent);
          listening?.server(seen.subarray(end + 4));
        }
      } else listening?.server(chunk);
      if (!client.write(chunk)) server.pause();
    });
    client.on('drain', () => server.resume());
    server.on('end', () => client.end());
    server.on('error', (error: NodeJS.ErrnoException) => {
      passed.failure = passed.response ? undefined : (error.code ?? error.message);
      settle();
    });
    client.on('error', settle);
    client.on('close', settle);
    server.on('close', settle);
  });
}

function parseHead(text: string): { status: number; reason: string; headers: RawHeaders } {
  const [line = '', ...lines] = text.split('\r\n');
  const [, status = '0', reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(line) ?? [];
  const headers = lines.map((one): [string, string] => {
    const at = one.indexOf(':');
    return [one.slice(0, at), one.slice(at + 1).trim()];
  });
  return { status: Number(status), reason, headers };
}
