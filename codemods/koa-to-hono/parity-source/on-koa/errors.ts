/** Where errors are reported: Koa's application. */
import type { Context } from 'hono';

/** Tells those who asked the application for its errors. */
export function report(error: unknown, c: Context): void {
  c.env.app.emit('error', error, c.env);
}
