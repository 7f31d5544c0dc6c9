import { z } from 'zod';

/**
 * A finding the team accepts, kept in `.migrate/waivers.yaml`. `route` is `METHOD /template` or `*`; `location` as in
 * {@link Difference}, where a trailing `*` matches any rest; `expires` is an ISO date after which the waiver no longer counts.
 */
export const Waiver = z.strictObject({
  route: z.string().min(1),
  location: z.string().min(1),
  /** Only for this target, e.g. `bun` or `bun@1.4`. Absent: every target. */
  runtime: z.string().optional(),
  /** Only this kind of difference. */
  kind: z.string().optional(),
  reason: z.string().min(1),
  author: z.string().optional(),
  /** A noise rule: counts only where the old side does not repeat itself, and only for another value in the same place. */
  noise: z.boolean().optional(),
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2027-01-31'),
});
export type Waiver = z.infer<typeof Waiver>;

/** The file `.migrate/waivers.yaml`: a list under `waivers`. */
export const WaiverFile = z.strictObject({ waivers: z.array(Waiver) });
export type WaiverFile = z.infer<typeof WaiverFile>;

/** A waiver as a run saw it. `dead`: matched nothing; `expired`: past its date, did not count. */
export const WaiverUse = Waiver.extend({
  id: z.string(),
  state: z.enum(['used', 'dead', 'expired']),
  exchanges: z.int().min(0),
});
export type WaiverUse = z.infer<typeof WaiverUse>;
