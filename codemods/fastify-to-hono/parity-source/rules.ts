// What Fastify 5 does with bodies and schemas.

/** What ends a path. */
export const DELIMITER = /[?#]/;

/** Whether the body of a request is read. */
export const isRead = (
  method: string,
  { hasType, isEmpty }: { hasType: boolean; isEmpty: boolean; hasLength: boolean },
): boolean => !/^(?:GET|HEAD|TRACE)$/.test(method) && (hasType || !isEmpty);

/** A schema as it is written. */
export const schemaOf = (schema: unknown): unknown => schema;

/** Whether a path that cannot be read is a bad request with a method that no route is for. */
export const READS_EVERY_PATH: boolean = true;
