import acceptsOf from 'accepts';
import type { Context } from 'hono';

/** `req.accepts`: the best of the types for this client, false when it takes none; without types, all it takes. */
export function accepts(c: Context, types: string | string[] = []): string | string[] | false {
  return asked(c, 'accept').types([types].flat());
}

/** `req.acceptsCharsets`: the first of these that the client prefers, false for none. */
export function acceptsCharsets(c: Context, ...charsets: string[]): string | string[] | false {
  return asked(c, 'accept-charset').charsets(charsets);
}

/** `req.acceptsEncodings`: the first of these that the client prefers, false for none. */
export function acceptsEncodings(c: Context, ...encodings: string[]): string | string[] | false {
  return asked(c, 'accept-encoding').encodings(encodings);
}

/** `req.acceptsLanguages`: the first of these that the client prefers, false for none. */
export function acceptsLanguages(c: Context, ...languages: string[]): string | string[] | false {
  return asked(c, 'accept-language').languages(languages);
}

/** What the package reads of a request, which is one header. */
const asked = (c: Context, name: string) => acceptsOf({ headers: { [name]: c.req.header(name) } } as never);
