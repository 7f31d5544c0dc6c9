import type { Context, MiddlewareHandler, Next } from 'hono';

/** Middleware of a package, which is given Node's request and response, or what stands for them. */
type TellingHandler = (req: unknown, res: unknown, next: (error?: unknown) => void) => unknown;

/**
 * Runs middleware of a package that hands its outcome to a function instead of going on, as `passport.authenticate` does. What
 * that function answers is the answer; where the package answers by itself, or goes on, it is not called.
 */
export async function withOutcome(
  c: Context,
  next: Next,
  run: (handler: TellingHandler) => MiddlewareHandler,
  // biome-ignore lint/suspicious/noExplicitAny: what a package hands over is typed by the package, if at all
  make: (done: (...outcome: any[]) => void) => unknown,
  // biome-ignore lint/suspicious/noExplicitAny: the same
  callback: (...outcome: any[]) => unknown,
): Promise<Response | undefined> {
  let outcome: unknown[] | undefined;
  let answer: unknown;
  const handler: TellingHandler = (req, res, goOn) => {
    const done = (...given: unknown[]) => {
      if (outcome !== undefined) return;
      outcome = given;
      goOn();
    };
    return (make(done) as TellingHandler)(req, res, goOn);
  };
  const own = await run(handler)(c, async () => {
    answer = await (outcome === undefined ? next() : callback(...outcome));
  });
  return (own ?? answer) as Response | undefined;
}
