import { z } from 'zod';
import { PublicApplication } from '../public-applications.ts';

export const Application = PublicApplication.extend({
  /** `--today`. */
  today: z.string().optional(),
  /** `--setup`, each. */
  setup: z.array(z.string()).default([]),
  /** What the file of `--env-file` holds. */
  env: z.string().optional(),
});
export type Application = z.infer<typeof Application>;
