import { z } from 'zod';

/** Which routes of an application a body of traffic reaches, before anything is replayed. */
export const TrafficCoverage = z.object({
  schema: z.literal('migrate/shadow-coverage'),
  version: z.literal(1),
  traffic: z.object({
    source: z.string(),
    file: z.string(),
    exchanges: z.int().min(0),
    sessions: z.int().min(0),
  }),
  counts: z.object({
    /** Routes of the application's router table. */
    routes: z.int().min(0),
    covered: z.int().min(0),
    uncovered: z.int().min(0),
    /** Exchanges that will not be sent, whatever the options. */
    withheld: z.int().min(0),
  }),
  routes: z.array(
    z.object({
      /** `METHOD /template`; for a path no route matches, ids folded. */
      route: z.string(),
      /** True: of the application's router table. */
      declared: z.boolean(),
      exchanges: z.int().min(0),
      /** Of those, with a method that may change data: sent only with `--writes isolated`. */
      unsafe: z.int().min(0),
      withheld: z.int().min(0),
      /** Recorded status codes and how often; `unknown`: the source does not tell. */
      statuses: z.record(z.string(), z.int().min(1)),
      covered: z.boolean(),
      /** Why it is not covered. */
      reason: z.string().optional(),
    }),
  ),
  warnings: z.array(z.string()),
});
export type TrafficCoverage = z.infer<typeof TrafficCoverage>;
