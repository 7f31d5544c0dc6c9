import type { ErrorHandler } from 'hono';

/** An error handler for what is at a path or below it; other errors are for the next one. */
export function errorsUnder(path: string, handler: ErrorHandler): ErrorHandler {
  const wanted = path.toLowerCase();
  return (error, c) => {
    const asked = c.req.path.toLowerCase();
    if (asked !== wanted && !asked.startsWith(`${wanted}/`)) throw error;
    return handler(error, c);
  };
}
