import type { Context } from 'hono';
import type { RouterRoute } from 'hono/types';

/** Bytes of an own buffer, in words that TypeScript before 5.7 knows too. */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** A head as Node's server takes it, names in lower case; cookies may be a list. `Headers` cost more than all else. */
export type Fields = Record<string, string | string[]>;

/** What stands before a body. */
export interface Head {
  status: number;
  fields: Fields;
}

/** An answer that is being made, with its body at hand. */
export interface Draft {
  c: Context;
  body: string | Bytes | null;
  status: number;
  fields: Fields;
}

/** What the parts of this module know of one request. */
export interface RequestState {
  /** The route whose handler runs, and the one whose handler failed. */
  running?: RouterRoute | undefined;
  failed?: RouterRoute | undefined;
  /** Goes on with what stands behind all that is before, where an error handler lets it. */
  goOn?: (isBefore: (route: RouterRoute) => boolean) => Promise<void>;
  /** No handler has run before the one that runs: nothing is set yet. */
  isFirst?: boolean;
  /** How far the request came among the routes it matches. */
  reached: number;
  /** Tags an answer before `etag()` would. */
  tag?: (c: Context) => Promise<void>;
  /** The head as it is set so far, where it is kept, and how Hono gets it back. */
  head?: Head | undefined;
  handBack?: () => void;
  /** What takes part in each answer, and the answer in which all have. */
  finishing?: ((draft: Draft) => void)[];
  finished?: Response;
  /** What takes part in an answer that was not finished. */
  late?: ((c: Context) => Promise<void> | undefined)[];
  /** The response whose body is known, and that body. */
  answer?: Response | null;
  sent?: string | Uint8Array;
  /** A body that is tagged and not sent: the text of `sendStatus(204)`. */
  unsent?: string | Uint8Array;
  /** Answered by `res.send()` without a body, by `res.end`, by a stream. */
  isEmpty?: boolean;
  isEnded?: boolean;
  isStreamed?: boolean;
  /** A parser has taken the body. */
  isParsed?: boolean;
  /** What cookies are signed with. */
  cookieSecret?: string | undefined;
}

const STATE = Symbol('what is known of this request');

/** One object a request, on its context: a `WeakMap` costs the collector of garbage more than most answers. */
export function stateOf(c: Context): RequestState {
  const kept = c as Context & { [STATE]?: RequestState };
  kept[STATE] ??= { reached: 0, running: undefined, isFirst: false, head: undefined };
  return kept[STATE];
}
