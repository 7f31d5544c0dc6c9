import type { RequestListener } from 'node:http';
import type { ExecutionContext } from 'hono';
import type { Worlds } from './beside-express.ts';
import { expressInWorker } from './express-in-worker.ts';
import { isTaken } from './taken.ts';

/**
 * What `besideExpress` made as a Worker, which decides in `fetch`. Express gets its requests through the platform's own
 * server: `handleAsNodeRequest` of `cloudflare:node`.
 */
export function besideExpressInWorker(
  app: RequestListener,
  handleAsNodeRequest: (port: number, request: Request) => Response | Promise<Response>,
): { fetch: (request: Request, env: object, context: ExecutionContext) => Promise<Response> } {
  const { hono, express, handle, ...how } = (app as RequestListener & { worlds: Worlds }).worlds;
  const rest = expressInWorker(handle, handleAsNodeRequest);
  return {
    async fetch(request, env, context) {
      const { method, url: target, headers } = request;
      const header = (name: string) => headers.get(name) ?? undefined;
      if (isTaken(hono, { method, target, header, env, ...how, all: true }))
        return hono.fetch(request, { ...env, express }, context);
      return rest.fetch(request);
    },
  };
}
