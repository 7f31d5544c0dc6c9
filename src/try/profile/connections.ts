import { connect, type Socket } from 'node:net';
import type { CpuProfile } from '../../model/profile.ts';
import type { LiveSide } from '../../shadow/index.ts';

/** Enough that their memory is more than what a collector takes and gives. */
const OPEN = 400;
const SETTLE_MS = 500;
const ANSWER_MS = 3_000;

/**
 * What a connection that waits costs in resident memory: so many are opened, asked for one answer each, and kept.
 *
 * @param path of a request that it answers
 */
export async function idleConnections(side: LiveSide, path: string): Promise<CpuProfile['connection']> {
  const before = await side.memory();
  const sockets: Socket[] = [];
  try {
    for (let at = 0; at < OPEN; at++) sockets.push(await opened(new URL(side.origin), path));
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const kept = sockets.filter(({ destroyed }) => !destroyed).length;
    const after = await side.memory();
    if (before === null || after === null || after <= before || kept === 0) return null;
    return { open: kept, bytes: (after - before) / kept };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function opened({ hostname, port, host }: URL, path: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\n\r\n`);
    });
    const done = () => resolve(socket);
    socket.setTimeout(ANSWER_MS, done);
    socket.once('data', done).once('close', done).on('error', done);
  });
}
