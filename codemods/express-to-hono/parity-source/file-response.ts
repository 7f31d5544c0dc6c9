import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished, PassThrough, Readable } from 'node:stream';
import type { Context } from 'hono';
import { currentStatus, end } from './end.ts';
import { originalUrl } from './mount.ts';
import { requestHead } from './request-head.ts';

/** The request as `send` and `serve-static` read it. */
export function fileRequest(c: Context, url: string): IncomingMessage {
  return {
    ...requestHead(c),
    method: c.req.method,
    url,
    originalUrl: originalUrl(c),
  } as unknown as IncomingMessage;
}

/** A response `send` can write a file to; `answer` is called with what Hono shall return, once the head is known. */
export function fileResponse(c: Context, answer: (response: Response) => void): ServerResponse {
  const stream = new PassThrough();
  const endStream: () => unknown = stream.end.bind(stream);
  const headers = c.body(null).headers;
  const respond = (body: string | ReadableStream | null) => {
    response.headersSent = true;
    answer(end(c, body, response.statusCode));
  };
  const response = Object.assign(stream, {
    statusCode: currentStatus(c) as number,
    headersSent: false,
    // Where `on-finished` before 2.4.2 looks, which else takes the response for finished and closes the file.
    finished: false,
    getHeader: (name: string) => headers.get(name) ?? undefined,
    getHeaderNames: () => {
      const names: string[] = [];
      headers.forEach((_value, name) => {
        names.push(name);
      });
      return names;
    },
    hasHeader: (name: string) => headers.has(name),
    setHeader: (name: string, value: number | string) => {
      headers.set(name, String(value));
      c.header(name, String(value));
    },
    removeHeader: (name: string) => {
      headers.delete(name);
      c.header(name, undefined);
    },
    end: (body?: string) => {
      if (!response.headersSent) respond(body ?? null);
      return endStream();
    },
  });
  stream.once('finish', () => {
    response.finished = true;
  });
  stream.once('pipe', (file: Readable) => {
    finished(stream, () => file.destroy());
    keepHeadForBody(c);
    respond(Readable.toWeb(stream) as ReadableStream);
  });
  return response as unknown as ServerResponse;
}

/** Node.js writes a head that is flushed alone as UTF-8; Express's left with the first bytes of the file, as Latin-1. */
function keepHeadForBody(c: Context): void {
  const outgoing = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing;
  if (outgoing) outgoing.flushHeaders = () => {};
}
