import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Express's application as a Worker: it gets its requests through the platform's own server, `handleAsNodeRequest` of `cloudflare:node`. */
export function expressInWorker(
  app: RequestListener,
  handleAsNodeRequest: (port: number, request: Request) => Response | Promise<Response>,
): { fetch: (request: Request) => Promise<Response> } {
  const { port } = createServer(app).listen(0).address() as AddressInfo;
  return {
    fetch: async (request) => asEncoded(await handleAsNodeRequest(port, fromClient(request))),
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
  const headers = new Headers(request.headers);
  for (const [name, value] of untold) headers.set(name, value);
  return new Request(request, { headers });
}

/** A body that Express has compressed is not compressed again by the platform. */
function asEncoded(response: Response): Response {
  const { status, statusText, headers } = response;
  const init = { status, statusText, headers, encodeBody: 'manual' };
  return headers.has('content-encoding') ? new Response(response.body, init) : response;
}
