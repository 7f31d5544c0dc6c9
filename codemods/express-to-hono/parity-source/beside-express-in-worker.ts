import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'hono';
import type { Worlds } from './beside-express.ts';
import { isTaken } from './taken.ts';

/**
 * What `besideExpress` made as a Worker, which decides in `fetch`. Express gets its requests through the platform's own
 * server: `handleAsNodeRequest` of `cloudflare:node`.
 */
export function besideExpressInWorker(
  app: RequestListener,
  handleAsNodeRequest: (port: number, request: Request) => Response | Promise<Response>,
): { fetch: (request: Request, env: object, context: ExecutionContext) => Promise<Response> } {
  const { hono, express, ...how } = (app as RequestListener & { worlds: Worlds }).worlds;
  const { port } = createServer(express).listen(0).address() as AddressInfo;
  return {
    async fetch(request, env, context) {
      const { method, url: target, headers } = request;
      const asksFor = headers.get('access-control-request-method') ?? undefined;
      if (isTaken(hono, { method, target, asksFor, env, ...how, all: true }))
        return hono.fetch(request, env, context);
      return asEncoded(await handleAsNodeRequest(port, fromClient(request)));
    },
  };
}

/**
 * That server takes the client's address from CF-Connecting-IP, the host and whether TLS was used from headers: a
 * request of another Worker brings none, and its URL says both.
 */
function fromClient(request: Request): Request {
  const { protocol, host } = new URL(request.url);
  const told = { host, 'x-forwarded-proto': protocol.slice(0, -1) };
  const untold = Object.entries(told).filter(([name]) => !request.headers.has(name));
  if (untold.length === 0) return request;
  const headers = new Headers([...request.headers, ...untold]);
  return new Request(request, { headers });
}

/** A body that Express has compressed is not compressed again by the platform. */
function asEncoded(response: Response): Response {
  const { status, statusText, headers } = response;
  const init = { status, statusText, headers, encodeBody: 'manual' };
  return headers.has('content-encoding') ? new Response(response.body, init) : response;
}
