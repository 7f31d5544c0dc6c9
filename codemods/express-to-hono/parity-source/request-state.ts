import type { Context } from 'hono';
import type { RouterRoute } from 'hono/types';

/** A head as Node's server takes it, names in lower case; cookies may be a list. `Headers` cost more than all else. */
export type Fields = Record<string, string | string[]>;

/** An answer that is being made, with its body at hand. */
export interface Draft {
  c: Context;
  body: string | null;
  status: number;
  fields: Fields;
}

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
  tag?: (c: Context) => Promise<void>;
  /** The head as it is set so far, where it is kept, and how Hono gets it back. */
  head?: { status: number; fields: Fields } | undefined;
  handBack?: () => void;
  /** What takes part in each answer, and the answer in which all have. */
  finishing?: ((draft: Draft) => void)[];
  finished?: Response;
  /** The response whose body is known, and that body. */
  answer?: Response | null;
  sent?: string | Uint8Array;
  /** A body that is tagged and not sent: the text of `sendStatus(204)`. */
  unsent?: string | Uint8Array;
  /** Answered by `res.send()` without a body, by `res.end`, by a stream. */
  isEmpty?: boolean;
  isEnded?: boolean;
  isStreamed?: boolean;
}

const STATE = Symbol('what is known of this request');

/** One object a request, on its context: a `WeakMap` costs the collector of garbage more than most answers. */
export function stateOf(c: Context): RequestState {
  const kept = c as Context & { [STATE]?: RequestState };
  kept[STATE] ??= { reached: 0 };
  return kept[STATE];
}
