import type { ErrorHandler } from 'hono';

/** Several error handlers: what one of them throws is for the next. */
export function errorsInTurn(...handlers: ErrorHandler[]): ErrorHandler {
  return async (error, c) => {
    let failed = error;
    for (const handler of handlers) {
      try {
        return await handler(failed, c);
      } catch (thrown) {
        failed = thrown as Error;
      }
    }
    throw failed;
  };
}
