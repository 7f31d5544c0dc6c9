import { z } from 'zod';
import { PublicApplication } from '../public-applications.ts';

export const Application = PublicApplication.extend({
  /** The folder of the application in its repository. */
  folder: z.string().default('.'),
  /** Installed as its lockfile says; else what its ranges allow today. */
  lock: z.boolean().default(false),
  /** Only what production needs is installed. */
  production: z.boolean().default(false),
  /** What its README says to do in its folder before the first start: programs with arguments. */
  before: z.array(z.array(z.string()).min(1)).default([]),
  /** Recorded traffic, where routes alone ask for little: sent with `--writes isolated`. */
  traffic: z
    .array(
      z.strictObject({
        method: z.string().default('GET'),
        path: z.string(),
        headers: z.record(z.string(), z.string()).default({}),
        json: z.unknown().optional(),
      }),
    )
    .optional(),
  /** Reasons of ✘ and differences that a person has looked into: what was found, and when. */
  checked: z.array(z.string()).default([]),
  /** `--today`. */
  today: z.string().optional(),
  /** `--setup`, each. */
  setup: z.array(z.string()).default([]),
  /** What the file of `--env-file` holds. */
  env: z.string().optional(),
});
export type Application = z.infer<typeof Application>;
