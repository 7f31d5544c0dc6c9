import { STATUS_CODES } from 'node:http';
import { needs } from '../needs.ts';

/** An error that tells its status, and what else error handlers read. */
export function httpError(status: number, cause: string | Error, more?: object): Error {
  const error = typeof cause === 'string' ? new Error(cause) : cause;
  if (needs.errorNames && error !== cause) {
    const value = `${STATUS_CODES[status]?.replace(/ /g, '')}Error`;
    Object.defineProperty(error, 'name', { value, configurable: true, writable: true });
  }
  return Object.assign(error, { status, statusCode: status, expose: true, ...more });
}
