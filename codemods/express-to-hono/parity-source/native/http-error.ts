/** An error that tells its status, and what else error handlers read. */
export function httpError(status: number, cause: string | Error, more?: object): Error {
  const error = typeof cause === 'string' ? new Error(cause) : cause;
  return Object.assign(error, { status, statusCode: status, expose: true, ...more });
}
