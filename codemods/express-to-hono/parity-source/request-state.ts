import type { Context } from 'hono';
import type { RouterRoute } from 'hono/types';

/** What the parts of this module know of one request. */
export interface RequestState {
  /** The route whose handler runs, and the one whose handler failed. */
  running?: RouterRoute | undefined;
  failed?: RouterRoute;
  /** How far the request came among the routes it matches. */
  reached: number;
  /** A handler has answered, though Hono may not know yet. */
  hasAnswered?: boolean;
  /** Tags an answer before `etag()` would. */
  tag?: () => Promise<void>;
  /** The response whose body is known, and that body; null: none yet. */
  answer?: Response | null;
  sent?: string | Uint8Array;
}

const states = new WeakMap<Context, RequestState>();

/** One object a request: each further `WeakMap` costs something at every one. */
export function stateOf(c: Context): RequestState {
  let state = states.get(c);
  if (state === undefined) {
    state = { reached: 0 };
    states.set(c, state);
  }
  return state;
}
