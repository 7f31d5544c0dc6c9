// The server: Bun's own.
import type { App, Loose } from './types.ts';

declare const Bun: Loose;

/** Listens, and gives the address and a way to end. */
export async function listen(
  app: App,
  { port = 0, host = 'localhost' }: { port?: number | string; host?: string } = {},
): Promise<{ address: string; close(): Promise<unknown> }> {
  const server = Bun.serve({
    fetch: app.fetch,
    port: Number(port),
    hostname: host,
    idleTimeout: 0,
    maxRequestBodySize: Infinity,
  });
  app.server = server;
  return { address: `http://${server.hostname}:${server.port}`, close: () => server.stop() };
}
