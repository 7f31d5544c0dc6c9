/** Answers with a value whose kind is known only when it runs: Koa, which sends it, finds out. Where you know it, `c.json(…)` takes its place. */
import type { Context } from 'hono';

/** The response for a value, with the status given or set before. */
export const answer = (c: Context, value: unknown, status?: number): Response =>
  c.json(value as object, status as 200);

/** The same where a content type was set before. */
export const answerTyped = answer;

/** The same where the status is said after the value. */
export function answerLate(c: Context, value: unknown, status: number): Response {
  c.json(value as object);
  return statusAnswer(c, status);
}

/** A status without a body: Koa sends its name. */
export function statusAnswer(c: Context, status: number): Response {
  c.status(status as 200);
  return c.notFound() as Response;
}
