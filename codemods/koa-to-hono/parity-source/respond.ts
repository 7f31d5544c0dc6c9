/** Answers with a status and, where there is something to say, a value: a text is the `message` of an object. */
import type { Context } from 'hono';
import { answerTyped, statusAnswer } from './answer.ts';

/** The response for a status and a value. */
export function respond(c: Context, status: number, value?: unknown): Response {
  if (status === 204) return c.body(null, 204);
  if (value === undefined) return statusAnswer(c, status);
  return answerTyped(c, typeof value === 'string' ? { message: value } : value, status);
}
