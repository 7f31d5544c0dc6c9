import { z } from 'zod';

/** What became of the traffic that passed a recorder. Everything that passed is counted somewhere. */
export const RecordingCounts = z.object({
  passed: z.int().min(0),
  /** On the disk, or on the way to it. */
  recorded: z.int().min(0),
  /** Passed on and not recorded: the disk was full or too slow. */
  notRecorded: z.int().min(0),
  /** Bodies passed on and not kept: longer than the cap, too many at once, or in a coding that cannot be searched for secrets. */
  overCap: z.int().min(0),
  memory: z.int().min(0),
  unreadableCoding: z.int().min(0),
  /** Responses that the application, or the client, cut off; requests that got none. */
  truncated: z.int().min(0),
  aborted: z.int().min(0),
  failed: z.int().min(0),
  /** Connections passed through of which only the handshake is recorded. */
  websockets: z.int().min(0),
  /** Refused by the proxy itself: no HTTP/1.1. */
  malformed: z.int().min(0),
  /** Secrets replaced before they were written. */
  secrets: z.int().min(0),
});
export type RecordingCounts = z.infer<typeof RecordingCounts>;

/** How a recording ended. */
export const RecordingSummary = z.object({
  schema: z.literal('migrate/recording-summary'),
  version: z.literal(1),
  name: z.string(),
  /** As it is given to `--traffic`. */
  folder: z.string(),
  upstream: z.string(),
  seconds: z.number(),
  /** Exchanges on the disk, of this run. */
  written: z.int().min(0),
  counts: RecordingCounts,
  /** Why recording stopped before the end; null when it did not. */
  stopped: z.string().nullable(),
});
export type RecordingSummary = z.infer<typeof RecordingSummary>;
