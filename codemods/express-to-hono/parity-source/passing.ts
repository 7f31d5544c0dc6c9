import type { Context, MiddlewareHandler, Next } from 'hono';
import type { H } from 'hono/types';
import { isFinished } from './kept-head.ts';
import { stateOf } from './request-state.ts';

/** What a handler that passes gets as `next`: what comes after it is run when it has returned. */
export const PASS: unknown = Symbol('what follows is still to run');
export const PASSED: Promise<void> = Promise.resolve(PASS) as Promise<void>;
export const passOn: Next = () => PASSED;
const passing = new WeakSet<H>();

/** Marks a middleware that does nothing after `next()` and returns what that gave: no promise has to be made for it. */
export function asPassing(middleware: MiddlewareHandler): MiddlewareHandler {
  passing.add(middleware);
  return middleware;
}

export const isPassing = (handler: H): boolean => passing.has(handler);

/** Takes part in an answer that was not finished where it was made, once there is one. */
export function afterAnswer(
  c: Context,
  following: Promise<void>,
  act: (c: Context) => Promise<void> | undefined,
): Promise<void> {
  if (following !== PASSED) return following.then(() => (isFinished(c) ? undefined : act(c)));
  const state = stateOf(c);
  state.late ??= [];
  state.late.push(act);
  return PASSED;
}
