import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { MiddlewareHandler } from 'hono';

type Receive = (request: never, response: never, next: (error?: unknown) => void) => void;

/** Middleware of multer: `c.get('file')` or `c.get('files')`, and the text fields in `c.get('body')`. */
export function receive(parse: Receive): MiddlewareHandler {
  const received = promisify(parse);
  return async (c, next) => {
    if (!c.req.header('content-type')?.startsWith('multipart/') || c.req.raw.body === null) return next();
    const sent = Readable.fromWeb(c.req.raw.body as never);
    const request = Object.assign(sent, { headers: c.req.header() }) as unknown as Record<string, unknown>;
    await received(request as never, {} as never);
    for (const name of ['body', 'file', 'files']) if (name in request) c.set(name, request[name]);
    await next();
  };
}
