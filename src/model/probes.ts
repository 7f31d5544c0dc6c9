import { z } from 'zod';
import { PROBE_CLASSES } from './probe-classes.ts';

/** See {@link PROBE_CLASSES}. */
export const ProbeClass = z.enum(PROBE_CLASSES);
export type ProbeClass = z.infer<typeof ProbeClass>;

/** What a side did when it was probed, in words that are the same whenever it does the same. */
export const ProbeRow = z.object({
  class: ProbeClass,
  /** `both-lengths`, or the route of an abort. */
  name: z.string(),
  /** What was sent or done, one sentence. */
  what: z.string(),
  state: z.enum(['same', 'explained', 'different']),
  old: z.string(),
  new: z.string(),
});
export type ProbeRow = z.infer<typeof ProbeRow>;

/** Probes that were asked for. Differences are cells of the report, as those of answers are. */
export const Probes = z.object({
  classes: z.array(ProbeClass),
  rows: z.array(ProbeRow),
  /** What could not be looked at, in words. */
  notObserved: z.array(z.string()),
  different: z.int().min(0),
});
export type Probes = z.infer<typeof Probes>;
