import { z } from 'zod';

/** A runtime as the user names it: `node@22`, `bun`, `deno@2`, `workers@2026-07-30` (for workers: the compatibility date). */
export const RuntimeSpec = z.object({
  name: z.string(),
  range: z.string().optional(),
  raw: z.string(),
});
export type RuntimeSpec = z.infer<typeof RuntimeSpec>;

/** A runtime that is ready to launch. The target's identity is exact: version, platform and, for Workers, date and flags. */
export const ProvisionedRuntime = z.object({
  spec: RuntimeSpec,
  version: z.string(),
  platform: z.string(),
  binary: z.string(),
  origin: z.enum(['path', 'cache', 'registry']),
  compatibilityDate: z.string().optional(),
  compatibilityFlags: z.array(z.string()).optional(),
});
export type ProvisionedRuntime = z.infer<typeof ProvisionedRuntime>;
