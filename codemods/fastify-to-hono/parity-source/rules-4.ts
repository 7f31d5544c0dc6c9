// What Fastify 4 does with bodies and schemas.

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

const WHOLE = ['$ref', 'type', 'properties', 'oneOf', 'allOf', 'anyOf', '$merge', '$patch'];

/** A schema, or the properties of an object. */
export function schemaOf(schema: unknown): unknown {
  const written = schema as Record<string, unknown>;
  if (Object.getPrototypeOf(written) !== Object.prototype) return schema;
  return WHOLE.some((name) => written[name] !== undefined) ? schema : { type: 'object', properties: schema };
}

/** Whether a path that cannot be read is a bad request with a method that no route is for. */
export const READS_EVERY_PATH: boolean = false;
