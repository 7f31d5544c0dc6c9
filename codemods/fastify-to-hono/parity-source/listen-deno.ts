// The server: Deno's own.
import type { App, Loose } from './types.ts';

declare const Deno: Loose;

/** Listens, and gives the address and a way to end. */
export async function listen(
  app: App,
  { port = 0, host = 'localhost' }: { port?: number | string; host?: string } = {},
): Promise<{ address: string; close(): Promise<unknown> }> {
  const server = Deno.serve({ port: Number(port), hostname: host, onListen() {} }, (request: Request) =>
    app.fetch(request),
  );
  app.server = server;
  return { address: `http://${server.addr.hostname}:${server.addr.port}`, close: () => server.shutdown() };
}
