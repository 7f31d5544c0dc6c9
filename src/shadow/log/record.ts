import { z } from 'zod';
import { Chunk, Ending, RawHeaders, Transcript } from '../../model/exchange.ts';

/** Where the bytes of a body are: content-addressed, stored once however often they were sent. Sizes and offsets in bytes. */
export const BodyRef = z.object({
  sha256: z.string(),
  size: z.int().min(0),
  /** Number of the bodies file, and the offset of the frame in it. */
  pack: z.int().min(1),
  at: z.int().min(0),
});
export type BodyRef = z.infer<typeof BodyRef>;

/** A replaced secret and where it stood: `authorization`, `cookie:<name>`, `header:<name>`, `target` or `body`. */
export const Mark = z.object({ tag: z.string(), place: z.string() });
export type Mark = z.infer<typeof Mark>;

/** Why a body is not there although bytes were sent. */
export const BodyLoss = z.enum(['over-cap', 'memory', 'unreadable-coding']);
export type BodyLoss = z.infer<typeof BodyLoss>;

/** Metadata of one exchange as it stands in a segment. Secrets were replaced before it was made. */
export const ExchangeRecord = z.object({
  type: z.literal('exchange'),
  /** Order in which requests arrived, from 1; records are written in the order in which exchanges ended. */
  seq: z.int().min(1),
  sentAt: z.number(),
  session: z.string(),
  request: z.object({
    method: z.string(),
    origin: z.string(),
    path: z.string(),
    headers: RawHeaders,
    body: BodyRef.nullable(),
    size: z.int().min(0),
    lost: BodyLoss.optional(),
    /** False: the client hung up before the body was complete. */
    complete: z.boolean(),
    marks: z.array(Mark),
  }),
  response: z
    .object({
      status: z.int(),
      reason: z.string(),
      headers: RawHeaders,
      body: BodyRef.nullable(),
      size: z.int().min(0),
      /** Of the bytes that are kept; of the whole body when none are. */
      sha256: z.string(),
      lost: BodyLoss.optional(),
      ending: Ending,
      chunks: z.array(Chunk),
      headMs: z.number(),
      totalMs: z.number(),
      transcript: Transcript.optional(),
      marks: z.array(Mark),
    })
    .nullable(),
  /** Why there is no response. */
  failure: z.string().optional(),
});
export type ExchangeRecord = z.infer<typeof ExchangeRecord>;

/** Counters of one recorder's run so far; the last record of a run counts. */
export const LossRecord = z.object({
  type: z.literal('loss'),
  run: z.string(),
  counts: z.record(z.string(), z.int().min(0)),
});
export type LossRecord = z.infer<typeof LossRecord>;

export const LogRecord = z.discriminatedUnion('type', [ExchangeRecord, LossRecord]);
export type LogRecord = z.infer<typeof LogRecord>;

export const segmentName = (number: number): string => `${String(number).padStart(6, '0')}.log`;
export const packName = (number: number): string => `${String(number).padStart(6, '0')}.bodies`;
export const SEGMENT = /^(\d{6})\.log$/;
