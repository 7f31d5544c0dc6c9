// What Fastify 5 does with bodies and schemas.
import { httpError } from './errors.ts';

/** Whether the body of a request is read. */
export const isRead = (method: string, hasType: boolean, isEmpty: boolean): boolean =>
  !/^(?:GET|HEAD|TRACE)$/.test(method) && (hasType || !isEmpty);

export const invalidJson = (_error: Error): Error =>
  httpError(
    400,
    'FST_ERR_CTP_INVALID_JSON_BODY',
    "Body is not valid JSON but content-type is set to 'application/json'",
  );

export const unsupported = (_type: string): Error =>
  httpError(415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'Unsupported Media Type');

/** A schema as it is written. */
export const schemaOf = (schema: unknown): unknown => schema;
