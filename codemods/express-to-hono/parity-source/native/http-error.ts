import { STATUS_CODES } from 'node:http';

/** An error that tells its status, and what else error handlers read; one that is made here is named by it. */
export function httpError(
  status: number,
  cause: string | Error = STATUS_CODES[status] ?? '',
  more?: object,
): Error {
  const error = typeof cause === 'string' ? new Error(cause) : cause;
  if (error !== cause) {
    const value = `${STATUS_CODES[status]?.replace(/ /g, '')}Error`;
    Object.defineProperty(error, 'name', { value, configurable: true, writable: true });
  }
  return Object.assign(error, { status, statusCode: status, expose: true, ...more });
}
