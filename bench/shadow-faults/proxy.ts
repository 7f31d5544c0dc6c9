import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { RawHeaders } from '../../src/model/exchange.ts';
import { type Answer, view } from '../../src/shadow/answer.ts';
import { connect } from '../../src/shadow/replay/send.ts';
import type { LiveSide } from '../../src/shadow/sides/side.ts';

/** The request header by which the proxy knows which exchange it is. */
export const MARK = 'X-Exchange-Number';

/** What happens to an answer: another answer, a delay in ms before the real one, or null for nothing. */
export type Damage = (exchange: number, seen: ReturnType<typeof view>) => Answer | number | null;

/** A side behind a proxy that hands answers on byte for byte, but for the damage that is set. */
export interface DamagedSide extends LiveSide {
  damage: Damage | null;
  close(): void;
}

/** Puts a proxy on loopback in front of a side. Only requests without a body are understood. */
export async function behindProxy(side: LiveSide): Promise<DamagedSide> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    const wire = connect(side.origin);
    socket.on('close', () => void wire.close());
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [first = '', ...lines] = text.slice(0, end).split('\r\n');
      text = text.slice(end + 4);
      const [method = 'GET', path = '/'] = first.split(' ');
      const headers = lines.map((line): [string, string] => {
        const at = line.indexOf(':');
        return [line.slice(0, at), line.slice(at + 1).trim()];
      });
      void answer(method, path, headers);
    });
    const answer = async (method: string, path: string, headers: RawHeaders) => {
      const options = { timeoutMs: 10_000, maxBody: 1e7, stop: null };
      const passed = headers.filter(([name]) => !/^connection$/i.test(name));
      const real = await wire.send({ method, path, headers: passed, body: null }, options);
      if (!real.ok) return socket.destroy();
      const exchange = Number(headers.find(([name]) => name === MARK)?.[1] ?? 0);
      const damaged = live.damage?.(exchange, view(real.response)) ?? null;
      if (typeof damaged === 'number') await new Promise((resolve) => setTimeout(resolve, damaged));
      const given = damaged === null || typeof damaged === 'number' ? real : damaged;
      if (given.ok) return write(socket, given);
      // A hanging server answers never; any other failure is a connection that breaks.
      return given.failure.code === 'TIMEOUT' ? undefined : socket.destroy();
    };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const live: DamagedSide = {
    ...side,
    origin: `http://127.0.0.1:${port}`,
    damage: null,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return live;
}

function write(socket: Socket, { response }: Extract<Answer, { ok: true }>): void {
  const { status, reason, headers, body, ending } = response;
  const head = [`HTTP/1.1 ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const parts: Uint8Array[] = [Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1')];
  const chunked = headers.some(
    ([name, value]) => /^transfer-encoding$/i.test(name) && /chunked/i.test(value),
  );
  const truncated = ending === 'truncated';
  if (chunked && body.length > 0) parts.push(Buffer.from(`${body.length.toString(16)}\r\n`));
  parts.push(body);
  if (chunked && !truncated) parts.push(Buffer.from(`${body.length > 0 ? '\r\n' : ''}0\r\n\r\n`));
  // In one write: a second small one would wait for the first to be acknowledged.
  socket.write(Buffer.concat(parts));
  if (truncated) socket.end();
}
