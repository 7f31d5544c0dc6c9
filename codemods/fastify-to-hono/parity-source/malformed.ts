// What is said of JSON that is none, from Fastify 5.5 on.
import { httpError } from './errors.ts';

export const invalidJson = (_error: Error, _text: string): Error =>
  httpError(
    400,
    'FST_ERR_CTP_INVALID_JSON_BODY',
    "Body is not valid JSON but content-type is set to 'application/json'",
  );
