// What Fastify made of types of bodies before 5.8.
import { httpError } from './errors.ts';

/** The error for a body of a type that nothing reads. */
export const unsupported = (type: string): Error =>
  httpError(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', `Unsupported Media Type: ${type || undefined}`);

/** The type of an answer; null where none is set. */
export const typeOf = (header: string | null): string | null => header;
