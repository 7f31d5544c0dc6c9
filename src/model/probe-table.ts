import { z } from 'zod';

/**
 * What was found of a member. `works`: it was called and did what it is for. `differs`: it did, and otherwise than Node.
 * `no-op`: it was called without an error and did nothing. `throws`: an error, a dead process or no answer.
 */
export const ProbeLevel = z.enum(['works', 'differs', 'no-op', 'throws', 'member-missing', 'module-missing']);
export type ProbeLevel = z.infer<typeof ProbeLevel>;

/** One thing that was called. */
export const ProbeFinding = z.strictObject({
  /** `readFile`, `promises.readFile`, `--permission`. */
  member: z.string(),
  /** What it was called for, where that is one of several things: `secp256k1` of `createECDH`. */
  of: z.string().optional(),
  level: ProbeLevel.exclude(['works', 'module-missing']),
  /** What was seen, without what changes from run to run. */
  saw: z.string(),
});
export type ProbeFinding = z.infer<typeof ProbeFinding>;

/** What was found of one module, or of one list of things that are no module: `flags`, `globals`, `language`. */
export const ProbedModule = z.strictObject({
  module: z.string(),
  /** Why it cannot be imported; absent where it can. */
  missing: z.string().optional(),
  /** Members that were called and did what they are for, with `of` behind a space. */
  works: z.array(z.string()).default([]),
  found: z.array(ProbeFinding).default([]),
  /** Members that Node exports and this runtime does not, beside those that were called. */
  absent: z.array(z.string()).default([]),
});
export type ProbedModule = z.infer<typeof ProbedModule>;

/** What one exact runtime was found to do, written by `migrate probe runtimes`. */
export const ProbeTable = z.strictObject({
  runtime: z.string(),
  version: z.string(),
  compatibilityDate: z.string().optional(),
  compatibilityFlags: z.array(z.string()).optional(),
  platform: z.string(),
  /** The version of Node it says it is. */
  says: z.string(),
  /** Of which runtimes `absent` takes the names. */
  reference: z.array(z.string()),
  asOf: z.string(),
  modules: z.array(ProbedModule),
});
export type ProbeTable = z.infer<typeof ProbeTable>;
