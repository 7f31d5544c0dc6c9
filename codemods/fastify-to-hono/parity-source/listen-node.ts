// The server: Node's own, by @hono/node-server.
import { serve } from '@hono/node-server';
import type { App } from './types.ts';

/** Listens, and gives the address and a way to end. */
export function listen(
  app: App,
  { port = 0, host = 'localhost' }: { port?: number | string; host?: string } = {},
): Promise<{ address: string; close(): Promise<unknown> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: Number(port), hostname: host }, (bound) => {
      server.off('error', reject);
      const shown = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
      const close = () => new Promise((ended) => server.close(ended));
      resolve({ address: `http://${shown}:${bound.port}`, close });
    });
    server.on('error', reject);
    app.server = server;
  });
}
