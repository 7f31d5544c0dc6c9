import type { ErrorHandler, MiddlewareHandler } from 'hono';

/** Middleware whose own errors are for the error handler that stood after it; those of what comes later are not. */
export function withErrors(middleware: MiddlewareHandler, handler: ErrorHandler): MiddlewareHandler {
  return async function withErrors(c, next) {
    let isDone = false;
    try {
      return await middleware(c, () => {
        isDone = true;
        return next();
      });
    } catch (error) {
      if (isDone) throw error;
      return handler(error as Error, c);
    }
  };
}
