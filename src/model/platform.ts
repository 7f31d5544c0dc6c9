import { z } from 'zod';
import { NotChecked } from './inventory.ts';
import { Incompatibility } from './plan.ts';

/** What rules say of a platform that is no target with steps: `migrate plan --target vercel --json`. */
export const PlatformJudgement = z.object({
  schema: z.literal('migrate/platform'),
  version: z.literal(1),
  platform: z.string(),
  title: z.string(),
  /** When the rules were last held against their source. */
  asOf: z.string(),
  source: z.string(),
  project: z.string(),
  /** `unknown`: not all was read. */
  verdict: z.enum(['blocked', 'nothing-known-blocks', 'unknown']),
  sentence: z.string(),
  /** What it is for. */
  suits: z.string(),
  limits: z.array(z.object({ what: z.string(), value: z.string() })),
  findings: z.array(Incompatibility),
  notChecked: z.array(NotChecked),
});
export type PlatformJudgement = z.infer<typeof PlatformJudgement>;
