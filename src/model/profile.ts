import { z } from 'zod';

/** Whose code a function is. `native`: the engine and what it calls, without a name of ours. */
export const FunctionOwner = z.enum(['application', 'package', 'node', 'native']);
export type FunctionOwner = z.infer<typeof FunctionOwner>;

/** A function and the part of the busy time that it was itself at work, 0..1. */
export const HotFunction = z.object({
  name: z.string(),
  /** `src/price.js:12`, `lodash`, `node:crypto`. */
  place: z.string(),
  owner: FunctionOwner,
  self: z.number(),
});
export type HotFunction = z.infer<typeof HotFunction>;

/** Where CPU time goes under load: `migrate try --profile`, on the Node of today. */
export const CpuProfile = z.object({
  runtime: z.string(),
  seconds: z.number(),
  requests: z.int().min(0),
  samples: z.int().min(0),
  /** Part of the time, 0..1, in which the main thread did something. */
  busy: z.number(),
  /** Parts of the busy time. */
  collector: z.number(),
  owners: z.record(FunctionOwner, z.number()),
  /** Resident bytes of one connection that waits, by so many; null where it was too little to be seen. */
  connection: z.object({ open: z.int(), bytes: z.number() }).nullable(),
  /** The busiest first. */
  functions: z.array(HotFunction),
  /**
   * `not-javascript`: a few functions of the application or its packages are what takes the time, and any JavaScript runtime
   * runs them; `waits`: it waits for others; `spread`: no function stands out; `too-little`: too few samples.
   */
  verdict: z.enum(['not-javascript', 'waits', 'spread', 'too-little']),
  sentence: z.string(),
});
export type CpuProfile = z.infer<typeof CpuProfile>;
