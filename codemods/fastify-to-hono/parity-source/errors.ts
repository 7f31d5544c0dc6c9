// Errors as Fastify's own: handlers find `name`, `code`, `statusCode` and `message`, and `toString()` says the code.
import { createError } from '@fastify/error';

/** An error that is answered with a status. */
export const httpError = (
  statusCode: number,
  code: string,
  message: string,
  Base: ErrorConstructor = Error,
): Error => new (createError(code, '%s', statusCode, Base))(message);
