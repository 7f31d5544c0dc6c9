import { z } from 'zod';

/** A runtime as the user names it: `node@22`, `bun`, `deno@2`, `workers@2026-07-30` (for workers: the compatibility date). */
export const RuntimeSpec = z.object({
  name: z.string(),
  range: z.string().optional(),
  raw: z.string(),
});
export type RuntimeSpec = z.infer<typeof RuntimeSpec>;

/** Where a runtime came from: found on PATH, in migrate's cache already, or fetched from the npm registry just now. */
export const RuntimeOrigin = z.enum(['path', 'cache', 'registry']);
export type RuntimeOrigin = z.infer<typeof RuntimeOrigin>;

/** A runtime that is ready to launch. The target's identity is exact: version, platform and, for Workers, date and flags. */
export const ProvisionedRuntime = z.object({
  spec: RuntimeSpec,
  version: z.string(),
  /** `linux-x64-glibc`, `darwin-arm64`, … */
  platform: z.string(),
  /** Absolute path of the executable. */
  binary: z.string(),
  origin: RuntimeOrigin,
  /** The cache folder that holds it, absent for a runtime on PATH. */
  home: z.string().optional(),
  /** Workers only, `YYYY-MM-DD`. */
  compatibilityDate: z.string().optional(),
  compatibilityFlags: z.array(z.string()).optional(),
});
export type ProvisionedRuntime = z.infer<typeof ProvisionedRuntime>;

/** What a runtime is known not to do, as dated data with its source. */
export const RuntimeLimit = z.object({
  what: z.string(),
  source: z.string(),
  asOf: z.string(),
});
export type RuntimeLimit = z.infer<typeof RuntimeLimit>;

/** One line of `migrate runtimes`. */
export const RuntimeListing = z.object({
  spec: z.string(),
  title: z.string(),
  /** What a launch would use now without the network, `null` when nothing satisfies the spec here. */
  here: ProvisionedRuntime.nullable(),
  /** The newest version the registry has for this platform, `null` when it was not asked or did not answer. */
  newest: z.string().nullable(),
  /** Why there is no `newest`, in one sentence. */
  problem: z.string().nullable(),
  limits: z.array(RuntimeLimit),
});
export type RuntimeListing = z.infer<typeof RuntimeListing>;
