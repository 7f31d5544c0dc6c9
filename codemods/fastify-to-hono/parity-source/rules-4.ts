// What Fastify 4 does with bodies and schemas.
import { httpError } from './errors.ts';

/** What ends a path. */
export const DELIMITER = /[?;#]/;

/** Whether the body of a request is read. */
export const isRead = (
  method: string,
  { hasType, isEmpty, hasLength }: { hasType: boolean; isEmpty: boolean; hasLength: boolean },
): boolean =>
  /^(?:OPTIONS|DELETE)$/.test(method)
    ? hasType && hasLength
    : !/^(?:GET|HEAD)$/.test(method) && (hasType || !isEmpty);

export const unsupported = (type: string): Error =>
  httpError(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', `Unsupported Media Type: ${type || undefined}`);

const WHOLE = ['$ref', 'type', 'properties', 'oneOf', 'allOf', 'anyOf', '$merge', '$patch'];

/** A schema, or the properties of an object. */
export function schemaOf(schema: unknown): unknown {
  const written = schema as Record<string, unknown>;
  if (Object.getPrototypeOf(written) !== Object.prototype) return schema;
  return WHOLE.some((name) => written[name] !== undefined) ? schema : { type: 'object', properties: schema };
}

/** Whether a path that cannot be read is a bad request with a method that no route is for. */
export const READS_EVERY_PATH: boolean = false;

/** The type of an answer; null where none is set. */
export const typeOf = (header: string | null): string | null => header;
