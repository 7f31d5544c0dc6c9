// What Fastify 5 does with bodies and schemas.
import { httpError } from './errors.ts';

/** What ends a path. */
export const DELIMITER = /[?#]/;

/** Whether the body of a request is read. */
export const isRead = (
  method: string,
  { hasType, isEmpty }: { hasType: boolean; isEmpty: boolean; hasLength: boolean },
): boolean => !/^(?:GET|HEAD|TRACE)$/.test(method) && (hasType || !isEmpty);

export const unsupported = (_type: string): Error =>
  httpError(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'Unsupported Media Type');

/** A schema as it is written. */
export const schemaOf = (schema: unknown): unknown => schema;

/** Whether a path that cannot be read is a bad request with a method that no route is for. */
export const READS_EVERY_PATH: boolean = true;

/** The type of an answer; null where none is set, or one that is no type. */
export const typeOf = (header: string | null): string | null =>
  header !== null && /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/.test(header) ? header : null;
