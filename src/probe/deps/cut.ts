import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on which every connection can be cut. */
export interface Cuttable {
  /** The address, by this way. */
  url: string;
  cut(): void;
  close(): void;
}

/** A port of loopback that hands everything on to the host and port of an address. */
export async function cuttable(address: string, defaultPort: number): Promise<Cuttable> {
  const url = new URL(address);
  const aim = { host: url.hostname || '127.0.0.1', port: Number(url.port || defaultPort) };
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(aim.port, aim.host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy()).on('close', () => open.delete(from) && to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  const bound = server.address();
  url.hostname = '127.0.0.1';
  url.port = String(bound !== null && typeof bound === 'object' ? bound.port : 0);
  const cut = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    ...{ url: url.href, cut },
    close() {
      cut();
      server.close();
    },
  };
}
