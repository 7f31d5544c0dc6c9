import type { Buffer } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
import { needs } from '../needs.ts';
import { readBytes } from './read-bytes.ts';

type Parse = (bytes: Buffer, charset: string) => unknown;

export function bodyParser(type: RegExp, limit = 100 * 1024, parse: Parse): MiddlewareHandler {
  return async (c, next) => {
    // Express 4 leaves `{}` where there was nothing to parse, or what there was could not be.
    if (needs.emptyBodies) c.set('body', c.get('body') ?? {});
    const sent = c.req.header('content-type')?.toLowerCase() ?? '';
    const length = () => c.req.header('content-length') ?? c.req.header('transfer-encoding');
    if (type.test(sent) && length() !== undefined && (!needs.severalParsers || !c.get('bodyIsRead'))) {
      if (needs.severalParsers) c.set('bodyIsRead', true);
      c.set('body', parse(await readBytes(c, limit), /charset="?([\w-]+)/.exec(sent)?.[1] ?? 'utf-8'));
    }
    return next();
  };
}
