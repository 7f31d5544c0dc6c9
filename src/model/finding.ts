import { z } from 'zod';
import { Evidence } from './evidence.ts';
import { Location } from './location.ts';

/** What a finding means for one target. */
export const FindingTarget = z.object({
  target: z.enum(['node', 'bun', 'deno', 'workers']),
  /** `blocks`: does not work there; `differs`: works, and otherwise; `check`: nobody measured it, so it is to be looked at. */
  level: z.enum(['blocks', 'differs', 'check']),
  /** One sentence. */
  why: z.string(),
});
export type FindingTarget = z.infer<typeof FindingTarget>;

/** Something the repository does that at least one target treats in another way. One entry a kind and name. */
export const Finding = Evidence.extend({
  /** The row of `playbooks/data/findings.yaml`: `session-memory`. */
  id: z.string(),
  /** The point of the inventory it belongs to: `state`, `http`, `images`. */
  topic: z.string(),
  /** `express-session`, `aes-256-ccm`, `uploads/`. */
  name: z.string(),
  /** What was seen, as a sentence. */
  seen: z.string(),
  /** Every place, `location` first. */
  places: z.array(Location),
  targets: z.array(FindingTarget).min(1),
  /** What would show that it does not matter here. */
  refute: z.string(),
  source: z.string(),
  asOf: z.string(),
});
export type Finding = z.infer<typeof Finding>;
