import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';

/** The request as packages written for Node's http expect it: its headers by lower-case name. */
export function requestHead(c: Context): { headers: Record<string, string> } {
  return { headers: c.req.header() };
}

/** A header of the request, by its name in lower case. Node's own request has made them already, where there is one. */
export function requestHeader(c: Context, name: string): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
  return incoming === undefined ? c.req.header(name) : (incoming.headers[name] as string | undefined);
}

/** All headers of the request, in the order in which they were sent where Node's own request is there. */
export function allHeaders(c: Context): Record<string, string> {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
  return incoming === undefined ? c.req.header() : (incoming.headers as Record<string, string>);
}
