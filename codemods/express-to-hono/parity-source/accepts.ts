import acceptsOf from 'accepts';
import type { Context } from 'hono';
import { requestHead } from './request-head.ts';

/** `req.accepts`: the best of the types for this client, false when it takes none; without types, all it takes. */
export function accepts(c: Context, types: string | string[] = []): string | string[] | false {
  return acceptsOf(requestHead(c) as never).types([types].flat());
}

/** `req.acceptsCharsets`: the first of these that the client prefers, false for none. */
export function acceptsCharsets(c: Context, ...charsets: string[]): string | string[] | false {
  return acceptsOf(requestHead(c) as never).charsets(charsets);
}

/** `req.acceptsEncodings`: the first of these that the client prefers, false for none. */
export function acceptsEncodings(c: Context, ...encodings: string[]): string | string[] | false {
  return acceptsOf(requestHead(c) as never).encodings(encodings);
}

/** `req.acceptsLanguages`: the first of these that the client prefers, false for none. */
export function acceptsLanguages(c: Context, ...languages: string[]): string | string[] | false {
  return acceptsOf(requestHead(c) as never).languages(languages);
}
