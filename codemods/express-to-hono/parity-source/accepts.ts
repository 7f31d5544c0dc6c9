import acceptsOf from 'accepts';
import type { Context } from 'hono';
import { requestHead } from './request-head.ts';

/** `req.accepts`: the best of the types for this client, false when it takes none; without types, all it takes. */
export function accepts(c: Context, types: string | string[] = []): string | string[] | false {
  return acceptsOf(requestHead(c) as never).types([types].flat());
}
