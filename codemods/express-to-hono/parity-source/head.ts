import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import { headSoFar } from './kept-head.ts';

/** Changes the head where Hono's Node server writes it, for what a `Headers` object cannot say. */
export function changeHead(c: Context, change: (headers: OutgoingHttpHeaders) => void): void {
  const { outgoing } = (c.env ?? {}) as { outgoing?: ServerResponse };
  if (outgoing === undefined) return;
  const writeHead = outgoing.writeHead.bind(outgoing);
  Object.assign(outgoing, {
    writeHead: (status: number, ...rest: unknown[]) => {
      // A bridged handler has put headers on the response itself.
      const own = { ...outgoing.getHeaders() };
      change(own);
      for (const [name, value] of Object.entries(own)) outgoing.setHeader(name, value ?? '');
      const given = rest[rest.length - 1];
      if (typeof given === 'object' && given !== null) change(given as OutgoingHttpHeaders);
      return writeHead(status, ...(rest as [OutgoingHttpHeaders]));
    },
  });
}

/** Express sends what is piped or written with `res.end` as it is; Hono's Node server calls every untyped body text. */
export function withoutType(c: Context): void {
  if (headSoFar(c).fields['content-type'] !== undefined) return;
  changeHead(c, (headers) => {
    for (const name of ['content-type', 'Content-Type'])
      if (headers[name] === 'text/plain; charset=UTF-8') delete headers[name];
  });
}

/** Hands bytes to Node's response when the server ends it, as `res.end` does: a middleware around `end` sees them there. */
export function giveAtEnd(c: Context, bytes: Uint8Array): void {
  const { outgoing } = c.env as { outgoing: ServerResponse };
  const end = outgoing.end.bind(outgoing) as (...all: unknown[]) => ServerResponse;
  const given = (...all: unknown[]) => (all.length > 0 || outgoing.headersSent ? end(...all) : end(bytes));
  Object.assign(outgoing, { end: given });
}
