import type { Buffer } from 'node:buffer';
import type { Context, MiddlewareHandler } from 'hono';
import { needs } from '../needs.ts';
import { readBytes } from './read-bytes.ts';

/** Content-Type of the bodies that are taken, and the most bytes that are read. */
export type BodyLimits = { type?: RegExp; limit?: number };

type Parse = (bytes: Buffer, charset: string) => unknown;

export function bodyParser(options: BodyLimits, usual: RegExp, parse: Parse): MiddlewareHandler {
  const { type = usual, limit = 100 * 1024 } = options;
  const read = async (c: Context, sent: string) =>
    c.set('body', parse(await readBytes(c, limit), /charset="?([\w-]+)/.exec(sent)?.[1] ?? 'utf-8'));
  return (c, next) => {
    // Express 4 leaves `{}` where there was nothing to parse, or what there was could not be.
    if (needs.emptyBodies) c.set('body', c.get('body') ?? {});
    const sent = c.req.header('content-type')?.toLowerCase();
    if (sent === undefined || !type.test(sent)) return next();
    if (needs.severalParsers && c.get('bodyIsRead')) return next();
    if ((c.req.header('content-length') ?? c.req.header('transfer-encoding')) === undefined) return next();
    if (needs.severalParsers) c.set('bodyIsRead', true);
    return read(c, sent).then(next);
  };
}
