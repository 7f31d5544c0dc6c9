// What Fastify makes of types of bodies from 5.8 on.
import { httpError } from './errors.ts';

/** The error for a body of a type that nothing reads. */
export const unsupported = (_type: string): Error =>
  httpError(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'Unsupported Media Type');

/** The type of an answer; null where none is set, or one that is no type. */
export const typeOf = (header: string | null): string | null =>
  header !== null && /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/.test(header) ? header : null;
