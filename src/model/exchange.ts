import { z } from 'zod';

/** Raw header pairs as they stood on the wire: case, order and duplicates kept. */
export const RawHeaders = z.array(z.tuple([z.string(), z.string()]));
export type RawHeaders = z.infer<typeof RawHeaders>;

/** Body bytes as sent, before any content decoding. */
const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** One arrival of body bytes: `at` in ms since the request was sent, `bytes` its length. */
export const Chunk = z.object({ at: z.number(), bytes: z.int().min(0) });
export type Chunk = z.infer<typeof Chunk>;

/** A request as it was recorded. `path` is the request target: path and query, exactly as sent. */
export const ExchangeRequest = z.object({
  method: z.string(),
  /** Scheme and authority of the recorded URL, e.g. `http://localhost:3000`. Links to it are compared as links to the side itself. */
  origin: z.string(),
  path: z.string(),
  headers: RawHeaders,
  body: Bytes.nullable(),
});
export type ExchangeRequest = z.infer<typeof ExchangeRequest>;

/** One message of a WebSocket. `data` is text, or Base64 for a binary one; `at` in ms since the request was sent. */
export const SocketMessage = z.object({
  from: z.enum(['client', 'server']),
  at: z.number(),
  kind: z.enum(['text', 'binary']),
  data: z.string(),
});
export type SocketMessage = z.infer<typeof SocketMessage>;

/** What passed over an upgraded connection. `close.by` `nobody`: it broke off without a closing handshake. */
export const Transcript = z.object({
  messages: z.array(SocketMessage),
  close: z.object({
    by: z.enum(['client', 'server', 'nobody']),
    /** RFC 6455 §7.4; null where the frame had none. */
    code: z.int().nullable(),
    reason: z.string(),
  }),
  /** Why messages are missing from it. */
  lost: z.string().optional(),
});
export type Transcript = z.infer<typeof Transcript>;

/** How a response came to its end. `aborted`: the client hung up; `truncated`: the server did; `capped`: longer than we keep. */
export const Ending = z.enum(['complete', 'aborted', 'truncated', 'capped']);
export type Ending = z.infer<typeof Ending>;

/** A response, recorded or received. Times in ms. */
export const ExchangeResponse = z.object({
  status: z.int(),
  reason: z.string(),
  headers: RawHeaders,
  body: Bytes,
  /** Bytes of the whole body; more than `body.length` when the ending is `capped`. */
  size: z.int().min(0),
  /** SHA-256 over the whole body, hex: what is compared when the body was longer than we keep. */
  sha256: z.string(),
  ending: Ending,
  chunks: z.array(Chunk),
  /** Until the status line and headers were there. */
  headMs: z.number(),
  totalMs: z.number(),
  /** Messages that followed a 101 to a WebSocket. */
  transcript: Transcript.optional(),
});
export type ExchangeResponse = z.infer<typeof ExchangeResponse>;

/** One request and the response that was recorded for it, whatever source it came from. */
export const Exchange = z.object({
  schema: z.literal('migrate/exchange'),
  version: z.literal(1),
  /** Position in the source, from 1. */
  index: z.int().min(1),
  /** Id of the traffic source and its file, e.g. `har:traffic.har`. */
  source: z.string(),
  /** Requests of one session are replayed in order; what a response gave is used in the session's later requests. */
  session: z.string(),
  /** When the client sent it, ms since the Unix epoch; absent when the source does not tell. */
  sentAt: z.number().optional(),
  /** Why it must not be sent, in words: part of it is unknown or was replaced when it was recorded. */
  withheld: z.string().optional(),
  /** Status of the recorded response where its body is not known (access logs); `response` is null then. */
  recordedStatus: z.int().optional(),
  request: ExchangeRequest,
  /** Null when the recording holds no usable response (aborted before the head, blocked by the browser). */
  response: ExchangeResponse.nullable(),
});
export type Exchange = z.infer<typeof Exchange>;
