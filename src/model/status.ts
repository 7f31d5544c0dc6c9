import { z } from 'zod';
import { PlanStage } from './plan.ts';
import { StateEntry, StepState } from './state.ts';
import { Verdict } from './verdict.ts';

/** Where a repository stands, read from its `.migrate/` folder. */
export const RepositoryStatus = z.object({
  schema: z.literal('migrate/status'),
  version: z.literal(1),
  plan: z
    .object({
      drawnAt: z.string(),
      target: z.string(),
      verdict: z.string(),
      stages: z.array(PlanStage.pick({ id: true, title: true, status: true })),
      /** Steps of the stages that can be carried out, in order. */
      steps: z.array(
        z.object({
          id: z.string(),
          stage: z.string(),
          title: z.string(),
          state: StepState,
          at: z.string().nullable(),
        }),
      ),
      next: z.array(z.string()),
    })
    .nullable(),
  /** Why `plan.json` cannot be used; null when there is none or it is fine. */
  brokenPlan: z.string().nullable(),
  /** The log, oldest first. */
  done: z.array(StateEntry.pick({ at: true, event: true, detail: true })),
  /** A change was cut off by a crash and is not repaired yet. */
  interrupted: z.boolean(),
  /** What `migrate try` kept, oldest first: rows that start, and those that answer everything the same. */
  tries: z.array(
    z.object({ id: z.string(), madeAt: z.string(), starting: z.int(), rows: z.int(), same: z.int() }),
  ),
  /** Shadow runs of `.migrate/runs`, oldest first; `verdict` is null where a run left no report. */
  runs: z.array(z.object({ id: z.string(), verdict: Verdict.nullable(), sides: z.string().nullable() })),
});
export type RepositoryStatus = z.infer<typeof RepositoryStatus>;
