import { z } from 'zod';

/** Where a side left something: a file of its own copy, an object of a bucket, a key of a namespace, a call to another server. */
export const EffectStore = z.enum(['file', 'r2', 'kv', 'outgoing']);
export type EffectStore = z.infer<typeof EffectStore>;

/** One thing both sides did, or one of them. `old` and `new` say what was done in words, null where that side did nothing. */
export const EffectRow = z.object({
  /** `file:uploads/<uuid>.txt`, `r2:UPLOADS/a.txt`, `outgoing:POST http://mail.test/send`; generated parts by their class. */
  place: z.string(),
  state: z.enum(['same', 'explained', 'different']),
  old: z.string().nullable(),
  new: z.string().nullable(),
  /** The exchange during which the old side (else the new one) did it; null: before the first one. */
  exchange: z.int().min(1).nullable(),
});
export type EffectRow = z.infer<typeof EffectRow>;

/** How many effects of a kind each side had; null where they could not be looked at, see `notObserved`. */
export const EffectCount = z.object({
  what: z.enum(['files', 'objects', 'outgoing calls']),
  old: z.int().min(0).nullable(),
  new: z.int().min(0).nullable(),
});
export type EffectCount = z.infer<typeof EffectCount>;

/** The state every side began with: where it came from, and the digest of what stood there before each side started. */
export const StateProof = z.object({
  /** As given: a folder or a command. */
  source: z.string(),
  files: z.int().min(0),
  old: z.string(),
  again: z.string(),
  new: z.string(),
  /** The first path in which two sides differ; null when they are the same. */
  differs: z.string().nullable(),
});
export type StateProof = z.infer<typeof StateProof>;

/** What each side did during a run, beside its answers. Differences are cells of the report, as those of answers are. */
export const Effects = z.object({
  counts: z.array(EffectCount),
  /** What could not be looked at, in words. */
  notObserved: z.array(z.string()),
  /** Which folder of one side stands for which bucket of the other. */
  mapped: z.array(z.string()),
  same: z.int().min(0),
  explained: z.int().min(0),
  different: z.int().min(0),
  /** Different ones first; at most 200. */
  rows: z.array(EffectRow),
});
export type Effects = z.infer<typeof Effects>;
