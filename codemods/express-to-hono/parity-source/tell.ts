import type { Context, MiddlewareHandler } from 'hono';

/** Runs middleware that never answers by itself for a function that is told how it went. */
export function tell(c: Context, run: MiddlewareHandler, told: (error?: unknown) => void): void {
  Promise.resolve(run(c, async () => {})).then(() => told(), told);
}
