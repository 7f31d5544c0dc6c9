import type { Context } from 'hono';
import typeis from 'type-is';
import { requestHead } from './request-head.ts';

/** `req.is`: which of the types the request body has, false for none, null without a body. */
export function is(c: Context, types: string | string[]): string | false | null {
  return typeis(requestHead(c) as never, [types].flat());
}
